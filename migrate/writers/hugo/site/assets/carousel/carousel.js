(() => {
  const icons = { prev: "M15 5l-7 7 7 7", next: "M9 5l7 7-7 7", play: "M8 5l11 7-11 7z", pause: "M9 6v12M15 6v12" };
  const still = matchMedia("(prefers-reduced-motion: reduce)");

  function start(root) {
    const track = root.querySelector(".carousel-track");
    const slides = [...track.children].filter((one) => !/^(BR|LINK|SCRIPT|STYLE)$/.test(one.tagName));
    if (root.classList.contains("carousel-ready") || !slides.length) return;
    const data = root.dataset;
    const wraps = data.loop === "true" || data.rewind === "true";
    const rtl = getComputedStyle(root).direction === "rtl";
    const centred = root.classList.contains("carousel-center");
    let current = 0, goal = -1, guard = 0, timer = 0, playing = data.autoplay === "true" && !still.matches;

    const make = (name, label, act) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "carousel-" + name;
      if (icons[name]) button.innerHTML = `<svg viewBox="0 0 24 24" aria-hidden="true"><path d="${icons[name]}"/></svg>`;
      button.setAttribute("aria-label", label);
      button.onclick = act;
      return button;
    };
    const label = (at) => data.slide.replace("%d", at + 1).replace("%d", slides.length);
    slides.forEach((slide, at) => {
      if (slide.dataset.caption) {
        const caption = document.createElement("figcaption");
        caption.textContent = slide.dataset.caption;
        delete slide.dataset.caption;
        slide.append(caption);
      }
      slide.role = "group";
      slide.setAttribute("aria-label", label(at));
    });

    // How far a slide is from where it would be shown, in pixels.
    const distance = (slide) => {
      const a = slide.getBoundingClientRect(), b = track.getBoundingClientRect(), pad = parseFloat(getComputedStyle(track).scrollPaddingInlineStart) || 0;
      if (centred) return a.left + a.width / 2 - b.left - b.width / 2;
      return rtl ? a.right - b.right + pad : a.left - b.left - pad;
    };
    const seen = () => Math.max(1, Math.round(track.clientWidth / (slides[0].offsetWidth || 1)));
    const last = () => (centred ? slides.length - 1 : Math.max(0, slides.length - seen()));
    const go = (to, behavior = "auto") => {
      const end = last();
      to = to > end ? (wraps && current >= end ? 0 : end) : to < 0 ? (wraps && current <= 0 ? end : 0) : to;
      current = goal = to;
      clearTimeout(guard);
      guard = setTimeout(settle, 1000, true);
      track.scrollBy({ left: distance(slides[to]), behavior: still.matches ? "instant" : behavior });
      show();
    };
    const step = (direction) => go(current + direction * (data.slideby === "page" ? seen() : Math.max(1, parseInt(data.slideby) || 1)));

    const bar = document.createElement("div");
    const dots = document.createElement("div");
    bar.className = "carousel-bar";
    dots.className = "carousel-dots";
    const prev = make("prev", data.prev, () => step(-1)), next = make("next", data.next, () => step(1));
    const pause = make("pause", data.pause, () => play(!playing));
    if (data.nav !== "false") bar.append(prev);
    if (data.dots !== "false") bar.append(dots);
    if (data.nav !== "false") bar.append(next);
    if (playing) bar.append(pause);
    root.append(bar);

    const show = () => {
      const end = last(), per = seen(), pages = Math.ceil((end + per) / per);
      bar.hidden = end < 1;
      if (dots.children.length !== pages) dots.replaceChildren(...Array.from({ length: pages }, (_, at) => make("dot", label(Math.min(at * per, end)), () => go(Math.min(at * per, end)))));
      const page = current >= end ? pages - 1 : Math.floor(current / per);
      [...dots.children].forEach((dot, at) => (at === page ? dot.setAttribute("aria-current", "true") : dot.removeAttribute("aria-current")));
      prev.setAttribute("aria-disabled", !wraps && current <= 0);
      next.setAttribute("aria-disabled", !wraps && current >= end);
      if (root.classList.contains("carousel-autoheight")) track.style.height = slides[current].offsetHeight + "px";
    };
    const play = (on) => {
      playing = on;
      clearInterval(timer);
      if (on) timer = setInterval(() => document.hidden || root.matches(":focus-within") || (data.autoplayhoverpause === "true" && root.matches(":hover")) || (current >= last() ? go(0) : step(1)), Math.max(1000, +data.autoplaytimeout || 5000));
      pause.innerHTML = make(on ? "pause" : "play", "").innerHTML;
      pause.setAttribute("aria-label", on ? data.pause : data.play);
    };

    // After a scroll: what is nearest is current, unless we are still on our way to somewhere.
    const settle = (now) => {
      if (goal >= 0 && now !== true && Math.abs(distance(slides[goal])) > 2) return;
      goal = -1;
      const at = slides.map((slide) => Math.abs(distance(slide)));
      current = Math.min(at.indexOf(Math.min(...at)), last());
      show();
    };
    let wait = 0;
    const later = () => { clearTimeout(wait); wait = setTimeout(settle, 250); };
    track.addEventListener("onscrollend" in window ? "scrollend" : "scroll", "onscrollend" in window ? settle : later, { passive: true });
    for (const name of ["pointerdown", "touchstart", "wheel"]) track.addEventListener(name, () => (goal = -1), { passive: true });
    track.addEventListener("keydown", (event) => {
      if (event.target !== track) return;
      const to = { ArrowLeft: current + (rtl ? 1 : -1), ArrowRight: current + (rtl ? -1 : 1), Home: 0, End: last() }[event.key];
      if (to === undefined) return;
      event.preventDefault();
      go(to);
    });
    root.classList.add("carousel-ready");
    new ResizeObserver(() => show()).observe(track);
    if (+data.startposition) go(Math.min(+data.startposition, last()), "instant");
    if (playing) play(true);
    show();
  }

  const startAll = () => document.querySelectorAll(".carousel").forEach(start);
  document.readyState === "loading" ? document.addEventListener("DOMContentLoaded", startAll) : startAll();
})();
