// Draws the charts whose numbers stand in tables, and keeps a progress page up to date. Everything else works without it.
(() => {
  const colour = (kind) => getComputedStyle(document.documentElement).getPropertyValue(`--${kind}`).trim();
  const drawn = [],
    here = document.currentScript;

  function draw(canvas) {
    const of = JSON.parse(canvas.dataset.chart);
    canvas.parentElement.hidden = false;
    const text = colour('ink'),
      line = colour('line');
    // Whole labels, broken at spaces; a row is as tall as the longest of them needs.
    const wrap = (label) =>
      label.split(' ').reduce(
        (lines, word) => {
          const last = lines.length - 1;
          if (lines[last] && `${lines[last]} ${word}`.length > (innerWidth < 600 ? 22 : 40)) lines.push(word);
          else lines[last] = `${lines[last]} ${word}`.trim();
          return lines;
        },
        [''],
      );
    if (of.isSideways) {
      const tallest = Math.max(...of.labels.map((label) => wrap(label).length));
      canvas.parentElement.style.height = `${80 + of.labels.length * Math.max(24, 16 * tallest + 4)}px`;
    }
    const category = {
      stacked: of.isStacked,
      grid: { display: false },
      ticks: {
        color: text,
        autoSkip: !of.isSideways,
        maxRotation: 0,
        autoSkipPadding: 12,
        callback(value) {
          return wrap(this.getLabelForValue(value));
        },
      },
    };
    const numbers = { stacked: of.isStacked, beginAtZero: true, grid: { color: line }, ticks: { color: text, precision: 0 } };
    return new Chart(canvas, {
      type: of.type,
      data: {
        labels: of.labels,
        datasets: of.series.map((one) => ({
          label: one.label,
          data: one.values,
          backgroundColor: one.kinds ? one.kinds.map(colour) : colour(one.kind),
          borderColor: colour(one.kind),
          borderRadius: 3,
          maxBarThickness: 26,
        })),
      },
      options: {
        indexAxis: of.isSideways ? 'y' : 'x',
        animation: matchMedia('(prefers-reduced-motion: reduce)').matches ? false : { duration: 300 },
        maintainAspectRatio: false,
        scales: of.isSideways ? { x: numbers, y: category } : { x: category, y: numbers },
        plugins: {
          legend: { display: of.series.length > 1, labels: { color: text } },
          tooltip: {
            callbacks: {
              label: (item) =>
                Array.isArray(item.raw)
                  ? (item.raw[1] - item.raw[0]).toLocaleString('en')
                  : `${item.dataset.label}: ${Number(item.raw).toLocaleString('en')}`,
            },
          },
        },
      },
    });
  }

  function drawAll() {
    drawn.splice(0).forEach((chart) => chart.destroy());
    if (typeof Chart !== 'undefined') document.querySelectorAll('canvas[data-chart]').forEach((canvas) => drawn.push(draw(canvas)));
  }

  async function follow(place) {
    const words = place.querySelector('[role=status]'),
      bar = place.querySelector('progress');
    for (;;) {
      await new Promise((done) => setTimeout(done, 700));
      const answer = await fetch(place.dataset.progress, { credentials: 'same-origin' }).catch(() => null);
      if (!answer) continue;
      if (!answer.ok) return location.reload();
      const progress = await answer.json();
      if (progress.isOver) return location.reload();
      if (words.textContent !== progress.says) words.textContent = progress.says;
      if (progress.total) [bar.max, bar.value] = [progress.total, progress.done];
      else bar.removeAttribute('value');
    }
  }

  // The library that draws is large: only a page with a picture fetches it.
  if (document.querySelector('canvas[data-chart]')) {
    const library = document.createElement('script');
    library.src = here.dataset.charts;
    library.nonce = here.nonce;
    library.addEventListener('load', drawAll);
    document.head.append(library);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', drawAll);
  }
  document.querySelectorAll('[data-progress]').forEach(follow);
  // While somebody writes, what is typed so far is checked or counted; nothing is saved by it.
  function check(form) {
    const shownIn = form.dataset.check === 'true' ? 'findings' : form.dataset.check;
    let timer,
      latest = 0;
    form.addEventListener('input', () => {
      clearTimeout(timer);
      timer = setTimeout(async () => {
        const asked = ++latest,
          body = new URLSearchParams();
        for (const [name, value] of new FormData(form)) body.append(name, value);
        body.append('live', 'yes');
        const answer = await fetch(location.pathname, { method: 'POST', body, credentials: 'same-origin' }).catch(() => null);
        if (!answer?.ok || asked !== latest) return;
        const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
        const found = page.getElementById(shownIn);
        const steps = form.querySelector('.steps');
        if (steps && !steps.contains(document.activeElement)) steps.innerHTML = page.querySelector('.steps')?.innerHTML ?? steps.innerHTML;
        const place = document.getElementById(shownIn);
        if (!found || found.innerHTML === place.innerHTML) return;
        const wasOpen = place.querySelector('details')?.open;
        place.innerHTML = found.innerHTML;
        if (wasOpen) place.querySelector('details')?.setAttribute('open', '');
      }, 600);
    });
  }
  document.querySelectorAll('form[data-check]').forEach(check);

  // What somebody types survives the end of their session: it stays in this browser until it is saved, thrown away, or they sign out, for
  // a week at most, and it is offered to nobody else who signs in here.
  const drafts = 'maysend-draft:',
    notTyped = ['_handler', '__RequestVerificationToken', 'revision', 'seen', 'then', 'live'];
  const week = 7 * 24 * 60 * 60 * 1000;
  const person = document.querySelector('[data-person]')?.dataset.person ?? '';
  const own = `${drafts}${person}:`;
  const kept = (of) => Object.keys(localStorage).filter((key) => key.startsWith(of));
  const read = (key) => {
    try {
      return JSON.parse(localStorage.getItem(key));
    } catch {
      return null;
    }
  };
  kept(drafts).forEach((key) => {
    const draft = read(key);
    if (!draft || !(Date.now() - draft.at < week)) localStorage.removeItem(key);
    // A form that was sent arrived if a page of the console came back to its writer, and did not if another page did.
    else if (draft.sent && person && key.startsWith(own)) localStorage.removeItem(key);
    else if (draft.sent) localStorage.setItem(key, JSON.stringify({ ...draft, sent: false }));
  });

  function keep(form) {
    const key = `${own}${location.pathname}${location.search}`;
    const typed = () => [...new FormData(form)].filter(([name]) => !notTyped.includes(name));
    const write = (sent) => localStorage.setItem(key, JSON.stringify({ sent, at: Date.now(), fields: typed() }));
    const before = read(key)?.fields;
    if (before && JSON.stringify(before) !== JSON.stringify(typed())) offer(form, before, () => localStorage.removeItem(key));
    form.addEventListener('input', () => write(false));
    form.addEventListener('submit', () => write(true));
  }

  function offer(form, before, forget) {
    const place = document.createElement('div');
    place.className = 'alert mild';
    place.setAttribute('role', 'status');
    place.innerHTML =
      '<p>What you typed here last time was not saved. It is still in this browser.</p>' +
      '<p class="buttons"><button type="button">Put it back</button> ' +
      '<button type="button" class="secondary outline">Throw it away</button></p>';
    const [back, away] = place.querySelectorAll('button');
    back.addEventListener('click', () => {
      const values = new Map();
      before.forEach(([name, value]) => values.set(name, [...(values.get(name) ?? []), value]));
      [...form.elements]
        .filter((field) => field.name && !notTyped.includes(field.name) && field.type !== 'submit')
        .forEach((field) => {
          const said = values.get(field.name) ?? [];
          if (field.type === 'checkbox' || field.type === 'radio') field.checked = said.includes(field.value);
          else field.value = said.shift() ?? '';
        });
      place.remove();
      form.dispatchEvent(new Event('input', { bubbles: true }));
    });
    away.addEventListener('click', () => {
      forget();
      place.remove();
    });
    form.before(place);
  }
  if (person) document.querySelectorAll('form[data-check]').forEach(keep);
  document
    .querySelector('form[action$="/sign-out"]')
    ?.addEventListener('submit', () => kept(own).forEach((key) => localStorage.removeItem(key)));

  // A link to a place inside a closed part opens it.
  const open = () => {
    const id = decodeURIComponent(location.hash.slice(1));
    const target = id && document.getElementById(id);
    if (target) {
      target.closest('details')?.setAttribute('open', '');
      target.scrollIntoView();
    }
  };
  addEventListener('hashchange', open);
  open();
})();
