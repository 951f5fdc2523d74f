"""The yardstick: post prepared bodies with nothing but batch calls (or one call for each), and do nothing else.

    python bench/bare_batches.py API USER BODIES.json 25     # 1: one POST for each
"""

import json
import os
import sys
from concurrent.futures import ThreadPoolExecutor

import requests

api, user, file, size = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])
auth = (user, os.environ["PASSWORD"])
wish = json.load(open(file, encoding="utf-8"))


def send(route, bodies):
    if size == 1 and route == "posts":
        return [requests.post(f"{api}wp/v2/{route}?_fields=id", json=bodies[0], auth=auth).json()["id"]]
    parts = [{"method": "POST", "path": f"/wp/v2/{route}?_fields=id,slug,link", "body": body} for body in bodies]
    reply = requests.post(f"{api}batch/v1", json={"requests": parts}, auth=auth).json()
    return [part["body"]["id"] for part in reply["responses"]]


numbers = {}
for kind in ("categories", "tags"):
    terms = wish[kind]
    for start in range(0, len(terms), 25):
        some = terms[start : start + 25]
        numbers.update(zip([(kind, term["slug"]) for term in some], send(kind, some)))
for post in wish["posts"]:
    for kind in ("categories", "tags"):
        post[kind] = [numbers[kind, slug] for slug in post[kind]]
pieces = [wish["posts"][start : start + size] for start in range(0, len(wish["posts"]), size)]
with ThreadPoolExecutor(4) as pool:
    made = sum(len(ids) for ids in pool.map(lambda piece: send("posts", piece), pieces))
print(made)
