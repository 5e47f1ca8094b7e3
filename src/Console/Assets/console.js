// Draws the charts whose numbers stand in tables, and keeps a progress page up to date. Everything else works without it.
(() => {
  const colour = kind => getComputedStyle(document.documentElement).getPropertyValue(`--${kind}`).trim();
  const drawn = [];

  function draw(canvas) {
    const of = JSON.parse(canvas.dataset.chart);
    canvas.parentElement.hidden = false;
    const text = colour('ink'), line = colour('line');
    const short = label => label.length > 34 ? `${label.slice(0, 32)}…` : label;
    const category = { stacked: of.isStacked, grid: { display: false }, ticks: { color: text, autoSkip: !of.isSideways, maxRotation: 0, autoSkipPadding: 12, callback(value) { return short(this.getLabelForValue(value)); } } };
    const numbers = { stacked: of.isStacked, beginAtZero: true, grid: { color: line }, ticks: { color: text, precision: 0 } };
    return new Chart(canvas, {
      type: of.type,
      data: {
        labels: of.labels,
        datasets: of.series.map(one => ({
          label: one.label, data: one.values, backgroundColor: one.kinds ? one.kinds.map(colour) : colour(one.kind), borderColor: colour(one.kind), borderRadius: 3, maxBarThickness: 26,
        })),
      },
      options: {
        indexAxis: of.isSideways ? 'y' : 'x',
        animation: matchMedia('(prefers-reduced-motion: reduce)').matches ? false : { duration: 300 },
        maintainAspectRatio: false,
        scales: of.isSideways ? { x: numbers, y: category } : { x: category, y: numbers },
        plugins: {
          legend: { display: of.series.length > 1, labels: { color: text } },
          tooltip: { callbacks: { label: item => Array.isArray(item.raw) ? (item.raw[1] - item.raw[0]).toLocaleString('en') : `${item.dataset.label}: ${Number(item.raw).toLocaleString('en')}` } },
        },
      },
    });
  }

  function drawAll() {
    drawn.splice(0).forEach(chart => chart.destroy());
    if (typeof Chart !== 'undefined') document.querySelectorAll('canvas[data-chart]').forEach(canvas => drawn.push(draw(canvas)));
  }

  async function follow(place) {
    const words = place.querySelector('[role=status]');
    for (;;) {
      await new Promise(done => setTimeout(done, 700));
      const answer = await fetch(place.dataset.progress, { credentials: 'same-origin' }).catch(() => null);
      if (!answer) continue;
      if (!answer.ok) return location.reload();
      const progress = await answer.json();
      if (progress.state === 'Done' || progress.state === 'Failed') return location.reload();
      const text = `${progress.stage}: ${progress.done.toLocaleString('en')}`;
      if (words.textContent !== text) words.textContent = text;
    }
  }

  drawAll();
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', drawAll);
  document.querySelectorAll('[data-progress]').forEach(follow);
  // While somebody writes, what is typed so far is checked or counted; nothing is saved by it.
  function check(form) {
    const shownIn = form.dataset.check === 'true' ? 'findings' : form.dataset.check;
    let timer, latest = 0;
    form.addEventListener('input', () => {
      clearTimeout(timer);
      timer = setTimeout(async () => {
        const asked = ++latest, body = new URLSearchParams();
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

  // A link to a place inside a closed part opens it.
  const open = () => { const id = decodeURIComponent(location.hash.slice(1)); const target = id && document.getElementById(id); if (target) { target.closest('details')?.setAttribute('open', ''); target.scrollIntoView(); } };
  addEventListener('hashchange', open);
  open();
})();
