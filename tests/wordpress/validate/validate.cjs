/* WordPress' own editor as a judge of block markup, without a browser.
 *
 *     node validate.cjs FOLDER_WITH_JSDOM SCRIPTS.json < posts.jsonl > verdicts.jsonl
 *
 * SCRIPTS.json: the scripts of one WordPress, in order (scripts.php). Each post is {"id", "content"}; each verdict
 * {"id", "blocks": [{"name", "path", "verdict", "why"}]} with a verdict of "valid", "migrated" (an older form, which
 * the editor takes and changes), "invalid" or "loose" (text outside of blocks).
 */
"use strict";
const fs = require("fs"), path = require("path"), vm = require("vm"), { createRequire } = require("module");
const { JSDOM, VirtualConsole } = createRequire(path.resolve(process.argv[2], "x.js"))("jsdom");

const page = new JSDOM("<!doctype html><html><body></body></html>", {
  url: "http://localhost/", pretendToBeVisual: true, runScripts: "outside-only", virtualConsole: new VirtualConsole(),
});
const { window } = page;
const nothing = () => {};
class Watcher { observe() {} unobserve() {} disconnect() {} }
Object.assign(window, {
  wp: {}, structuredClone, TextEncoder, TextDecoder, ResizeObserver: Watcher, IntersectionObserver: Watcher,
  matchMedia: () => ({ matches: false, addListener: nothing, removeListener: nothing, addEventListener: nothing,
    removeEventListener: nothing }),
  requestIdleCallback: (work) => setTimeout(work, 0), scrollTo: nothing, fetch: () => new Promise(nothing),
  CSS: { supports: () => false, escape: (text) => text },
});
const inside = page.getInternalVMContext();
for (const file of JSON.parse(fs.readFileSync(process.argv[3], "utf8"))) {
  new vm.Script(fs.readFileSync(file, "utf8"), { filename: file }).runInContext(inside);
  if (/lodash/.test(file)) new vm.Script("window.lodash = _.noConflict()").runInContext(inside);
}
const silent = { log: nothing, info: nothing, warn: nothing, error: nothing, debug: nothing, group: nothing,
  groupEnd: nothing, groupCollapsed: nothing };
window.console = silent;
const { blocks, blockLibrary } = window.wp;
const said = [];
Object.assign(console, silent);
blockLibrary.registerCoreBlocks();

function reasons(issues) {
  return (issues || []).map((issue) => {
    let next = 0;
    const written = (value) => (typeof value === "string" ? value : value && value.name || JSON.stringify(value));
    return String(issue.args[0]).replace(/%[so]/g, () => { try { return written(issue.args[++next]); } catch { return "?"; } });
  });
}

function judge(block, where, verdicts) {
  const loose = block.name === null || block.name === "core/freeform" ||
    (block.name === "core/missing" && !block.attributes.originalName);
  if (loose) {
    const text = block.originalContent || block.attributes.content || block.attributes.originalContent || "";
    if (text.trim()) verdicts.push({ name: "loose text", path: where, verdict: "loose", why: [text.slice(0, 200)] });
    return;
  }
  if (block.name === "core/missing") {
    verdicts.push({ name: block.attributes.originalName, path: where, verdict: "invalid", why: ["no such block"] });
  } else {
    // Strictly: what the present version of the block would save is what stands there.
    const [same, issues] = blocks.validateBlock(block, blocks.getBlockType(block.name));
    const verdict = !block.isValid ? "invalid" : same || block.name === "core/html" ? "valid" : "migrated";
    const why = verdict === "valid" ? [] : reasons([...(block.validationIssues || []), ...issues]);
    verdicts.push({ name: block.name, path: where, verdict, why });
  }
  block.innerBlocks.forEach((inner, number) => judge(inner, `${where}/${number}`, verdicts));
}

for (const line of fs.readFileSync(0, "utf8").split("\n").filter(Boolean)) {
  const post = JSON.parse(line), verdicts = [];
  blocks.parse(post.content).forEach((block, number) => judge(block, String(number), verdicts));
  said.push(JSON.stringify({ id: post.id, blocks: verdicts }) + "\n");
}
process.stdout.write(said.join(""), () => process.exit(0));  // its timers would keep it alive
