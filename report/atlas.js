// Draws the atlas: see src/cli/atlas.h for the shape of the data.
"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const byId = (id) => document.getElementById(id);

  // What becomes of a call, in the order of the tables.
  const HOWS = [
    ["direct", "D", "libc's function takes the arguments as they are"],
    ["variadic", "V", "the same, and libc declares it with …"],
    ["adapted", "A", "through an adapter over libc's function"],
    ["demultiplexed", "M", "one of many functions, picked by an argument"],
    ["imported", "I", "bound by the linker"],
    ["fallback", "F", "libc's syscall(), because nothing else was proved"],
    ["kept", "K", "left as it is"],
    ["other", "O", "places that are no call of their own"],
    ["read", "·", "read, and nothing is written for the port"],
  ];
  // Why a place has no binding on a port that is written, by its kind.
  const OTHERS = [
    [/^vdso$/, "the vdso would let the call pass libc by: the overlay takes the row out, and libc answers"],
    [/^seam\.errno$/, "asks libc for the error number of the call before it"],
    [/./, "which call it is, is known only when the program runs: it goes the way of all calls of its entry"],
  ];
  const FAMILIES = [
    ["Linux", ["linux", "android"]],
    ["Apple", ["darwin", "ios"]],
    ["BSD", ["freebsd", "netbsd", "openbsd", "dragonfly"]],
    ["Solaris, AIX", ["solaris", "illumos", "aix"]],
    ["Windows", ["windows"]],
    ["Others", null],  // what no other family names
  ];
  const named = new Set(FAMILIES.flatMap(([, systems]) => systems ?? []));
  const goos = (port) => port.split("/")[0];
  const portsOf = (family, ports) => {
    const systems = FAMILIES.find(([name]) => name === family)[1];
    return ports.filter((port) => (systems ? systems.includes(goos(port)) : !named.has(goos(port))));
  };

  const element = (tag, attributes = {}, ...children) => {
    const out = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (value === true) out.setAttribute(name, "");
      else if (value !== false && value !== null) out.setAttribute(name, value);
    }
    out.append(...children);
    return out;
  };
  const cell = (value) => element("td", {}, String(value));
  const sum = (numbers) => numbers.reduce((a, b) => a + b, 0);
  const unpack = (fields, row) => Object.fromEntries(fields.map((field, i) => [field, data.texts[row[i]]]));
  const bindingAt = (index) => (index === null ? null : unpack(data.binding_fields, data.bindings[index]));
  const placeAt = (index) => unpack(data.place_fields, data.places[index]);
  const howOf = (port, binding) => {
    if (binding !== null) return data.texts[data.bindings[binding][0]];
    return port.reason ? "read" : "other";
  };

  const ports = data.ports.map((port) => ({
    ...port,
    calls: port.calls.map(([name, number, binding, places]) => ({name, number, binding, places, how: howOf(port, binding)})),
  }));
  const portNamed = new Map(ports.map((port) => [port.name, port]));
  const usedHows = HOWS.filter(([how]) => ports.some((port) => port.calls.some((call) => call.how === how)));

  // The totals that libcify counted against those of the cells.
  const checkTotals = () => {
    const wrong = [];
    for (const port of ports) {
      for (const [how] of HOWS.filter(([name]) => !["other", "read"].includes(name))) {
        const cells = port.calls.filter((call) => call.how === how).length;
        if (cells !== (port.totals.bindings[how] ?? 0)) wrong.push(`${port.name}: ${cells} cells are ${how}`);
      }
      const places = sum(port.calls.map((call) => call.places.length));
      if (places !== sum(Object.values(port.totals.sites))) wrong.push(`${port.name}: ${places} places`);
    }
    byId("wrong").hidden = wrong.length === 0;
    byId("wrong").textContent = "The totals do not add up: " + wrong.join("; ");
  };

  const drawHead = () => {
    byId("go").textContent = data.go;
    const calls = sum(ports.map((port) => port.calls.length));
    const places = sum(ports.map((port) => sum(Object.values(port.totals.sites))));
    byId("lead").textContent =
      `${ports.length} ports, ${calls} calls, ${places} places of the standard library. ` +
      "For each call of each port: what becomes of it, by which rule and facts, and why.";
    byId("made").textContent = `Made by ${data.made_by}.`;
    for (const [how, letter, text] of usedHows) {
      byId("legend").append(element("li", {}, element("b", {class: how}, letter), `${how}: ${text}`));
    }
  };

  const drawPorts = () => {
    const heads = ["Port", "C library", "Places", ...usedHows.map(([how]) => how), "Calls", "Shares, or why nothing is written"];
    const head = element("tr", {}, ...heads.map((text) => element("th", {scope: "col"}, text)));
    const body = element("tbody");
    const totals = new Array(usedHows.length).fill(0);
    const widest = Math.max(...ports.map((port) => port.calls.length));
    for (const port of ports) {
      const counts = usedHows.map(([how]) => port.calls.filter((call) => call.how === how).length);
      counts.forEach((count, i) => (totals[i] += count));
      const bar = element("div", {class: "bar", "aria-hidden": "true"});
      usedHows.forEach(([how], i) =>
        bar.append(element("i", {class: how, style: `width:${(100 * counts[i]) / widest}%`, title: `${counts[i]} ${how}`})));
      const show = element("button", {type: "button"}, port.name);
      show.addEventListener("click", () => chooseFamily(familyOf(port.name), true));
      body.append(element("tr", {}, element("th", {scope: "row"}, show), element("td", {}, port.libc || "none"),
        cell(sum(Object.values(port.totals.sites))), ...counts.map(cell), cell(port.calls.length),
        port.reason ? element("td", {class: "text"}, port.reason) : element("td", {}, bar)));
    }
    const foot = element("tr", {}, element("th", {scope: "row"}, "All"), element("td"),
      cell(sum(ports.map((port) => sum(Object.values(port.totals.sites))))), ...totals.map(cell), cell(sum(totals)),
      element("td"));
    byId("ports").append(element("caption", {class: "hint"}, "Calls of each port by what becomes of them"),
      element("thead", {}, head), body, element("tfoot", {}, foot));
  };

  const familyOf = (port) =>
    FAMILIES.find(([, systems]) => (systems ? systems.includes(goos(port)) : !named.has(goos(port))))[0];

  // ---- the grid ----
  let active = null;    // the cell that the Tab key enters
  let selected = null;  // the cell whose details are shown

  const drawFilters = () => {
    for (const [family] of FAMILIES) {
      if (portsOf(family, ports.map((port) => port.name)).length === 0) continue;
      const radio = element("input", {type: "radio", name: "family", value: family});
      byId("families").append(element("label", {}, radio, " " + family));
    }
    byId("families").querySelector("input").checked = true;
    for (const [how, letter] of usedHows) {
      const box = element("input", {type: "checkbox", name: "how", value: how, checked: true});
      byId("hows").append(element("label", {}, box, " ", element("span", {class: "tag " + how}, letter), " " + how));
    }
    byId("filter").addEventListener("input", drawGrid);
    byId("filter").addEventListener("submit", (event) => event.preventDefault());
  };
  const family = () => document.querySelector("input[name=family]:checked").value;
  const chooseFamily = (name, move) => {
    document.querySelector(`input[name=family][value="${name}"]`).checked = true;
    drawGrid();
    if (move) byId("calls").focus();
  };

  // name -> [call or null, by port]; a name that a port has twice (two numbers, two libraries) makes two rows.
  const rowsOf = (shown) => {
    const rows = new Map();
    shown.forEach((port, column) => {
      const seen = new Map();
      for (const call of port.calls) {
        const again = seen.get(call.name) ?? 0;
        seen.set(call.name, again + 1);
        const key = call.name + "\0" + again;
        if (!rows.has(key)) rows.set(key, {name: call.name, calls: new Array(shown.length).fill(null)});
        rows.get(key).calls[column] = call;
      }
    });
    return [...rows.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
  };
  const functionOf = (call) => (call.binding === null ? "" : data.texts[data.bindings[call.binding][1]]);
  const isWanted = (row, query, hows) => {
    const calls = row.calls.filter((call) => call !== null);
    if (!calls.some((call) => hows.has(call.how))) return false;
    if (byId("asked").checked && !calls.some((call) => call.places.length > 0)) return false;
    if (byId("differ").checked && new Set(row.calls.map((call) => (call === null ? "" : call.how))).size < 2) return false;
    return query === "" || row.name.toLowerCase().includes(query) ||
      calls.some((call) => functionOf(call).toLowerCase().includes(query) || String(call.number) === query);
  };

  const drawGrid = () => {
    const shown = portsOf(family(), ports.map((port) => port.name)).map((name) => portNamed.get(name));
    const hows = new Set([...document.querySelectorAll("input[name=how]:checked")].map((box) => box.value));
    const query = byId("search").value.trim().toLowerCase();
    const rows = rowsOf(shown).filter((row) => isWanted(row, query, hows));
    const head = element("tr", {role: "row"}, element("th", {scope: "col", role: "columnheader"}, "Call"),
      ...shown.map((port) => element("th", {scope: "col", role: "columnheader"}, element("span", {}, port.name))));
    const body = element("tbody");
    for (const row of rows) {
      const line = element("tr", {role: "row"}, element("th", {scope: "row", role: "rowheader"}, row.name));
      row.calls.forEach((call, column) => line.append(gridCell(row.name, shown[column], call)));
      body.append(line);
    }
    byId("grid").replaceChildren(element("thead", {}, head), body);
    const cells = sum(rows.map((row) => row.calls.filter((call) => call !== null).length));
    byId("found").textContent = `Calls: ${rows.length}, ports: ${shown.length}, cells: ${cells}`;
    active = body.querySelector("td");
    if (active) active.tabIndex = 0;
  };

  const gridCell = (name, port, call) => {
    if (call === null) {
      return element("td", {role: "gridcell", tabindex: "-1", class: "none", "aria-label": `${name}: not on ${port.name}`});
    }
    const letter = HOWS.find(([how]) => how === call.how)[1];
    const number = call.number === null ? "" : `, number ${call.number}`;
    const out = element("td", {role: "gridcell", tabindex: "-1", class: call.how, "aria-selected": "false",
      "aria-label": `${name} on ${port.name}: ${call.how}${number}`, title: `${name}, ${port.name}: ${call.how}${number}`},
      letter);
    out.showDetail = () => showDetail(out, name, port, call);
    return out;
  };

  const activate = (td) => {
    if (!td) return;
    if (active) active.tabIndex = -1;
    active = td;
    td.tabIndex = 0;
    td.focus();
    td.scrollIntoView({block: "nearest", inline: "nearest"});
  };
  const inRow = (row, index) => row && row.querySelectorAll("td")[index];
  const onKey = (event) => {
    const td = event.target.closest("td");
    if (!td) return;
    const row = td.parentElement;
    const cells = [...row.querySelectorAll("td")];
    const at = cells.indexOf(td);
    const all = row.parentElement.rows;
    const far = (step) => all[Math.min(all.length - 1, Math.max(0, row.sectionRowIndex + step))];
    const moves = {
      ArrowRight: () => cells[at + 1],
      ArrowLeft: () => cells[at - 1],
      ArrowDown: () => inRow(row.nextElementSibling, at),
      ArrowUp: () => inRow(row.previousElementSibling, at),
      PageDown: () => inRow(far(20), at),
      PageUp: () => inRow(far(-20), at),
      Home: () => (event.ctrlKey ? inRow(all[0], 0) : cells[0]),
      End: () => (event.ctrlKey ? inRow(all[all.length - 1], cells.length - 1) : cells[cells.length - 1]),
    };
    if (moves[event.key]) {
      activate(moves[event.key]());
    } else if ((event.key === "Enter" || event.key === " ") && td.showDetail) {
      td.showDetail();
      byId("detail").focus();
    } else {
      return;
    }
    event.preventDefault();
  };

  // ---- the details ----
  const code = (text) => element("code", {}, text);
  const list = (texts) => element("ul", {}, ...texts.map((text) => element("li", {}, text)));
  const placeText = (place) =>
    `${place.file}:${place.line} ${place.kind} in ${place.func}${place.entry ? " by " + place.entry : ""} [${place.rule}]`;

  const showDetail = (td, name, port, call) => {
    if (selected) selected.setAttribute("aria-selected", "false");
    selected = td;
    td.setAttribute("aria-selected", "true");
    const binding = bindingAt(call.binding);
    const lines = [["becomes", element("span", {class: "tag " + call.how}, call.how)]];
    const add = (label, text, made = (value) => value) => text && lines.push([label, made(text)]);
    add("number", call.number === null ? "" : String(call.number));
    if (binding === null) {
      const kind = call.places.length > 0 ? placeAt(call.places[0]).kind : "";
      add("why", port.reason || OTHERS.find(([kinds]) => kinds.test(kind))[1]);
    } else {
      add("library", binding.library);
      add("C function", binding.cfunction, code);
      add("symbol", binding.link_name === binding.cfunction ? "" : binding.link_name, code);
      add("adapter", binding.adapter, code);
      add("errors", binding.errors);
      add("contract", binding.contract, code);
      add("of", binding.contract_source);
      add("prototype", binding.prototype, code);
      add("header", binding.header && `<${binding.header}>`, code);
      add("since", binding.since);
      add("rule", binding.rule, code);
      add("why", binding.reason);
      add("reference", binding.reference);
      add("compared", binding.compared && binding.compared.split("\n"), list);
    }
    lines.push(["in Go", call.places.length === 0 ? "the standard library does not ask for it"
      : list(call.places.map((index) => placeText(placeAt(index))))]);
    byId("detail-title").textContent = `${name} on ${port.name}`;
    byId("detail-text").replaceChildren(
      element("dl", {}, ...lines.flatMap(([label, value]) => [element("dt", {}, label), element("dd", {}, value)])));
    history.replaceState(null, "", `#${encodeURIComponent(port.name)}:${encodeURIComponent(name)}`);
  };

  // "#linux%2Famd64:openat" shows that cell.
  const showHash = () => {
    const [port, name] = location.hash.slice(1).split(":").map(decodeURIComponent);
    if (!portNamed.has(port) || !name) return;
    byId("asked").checked = false;
    chooseFamily(familyOf(port), false);
    const wanted = `${name} on ${port}:`;
    const td = [...byId("grid").querySelectorAll("td")].find((one) => one.getAttribute("aria-label").startsWith(wanted));
    if (!td) return;
    activate(td);
    td.showDetail();
  };

  // ---- the history ----
  const union = (tree, names) => {
    const out = new Set();
    for (const name of names) for (const call of tree.ports[name]?.calls ?? []) out.add(data.texts[call]);
    return out;
  };
  const svg = (tag, attributes, text = "") => {
    const out = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [name, value] of Object.entries(attributes)) out.setAttribute(name, value);
    out.textContent = text;
    return out;
  };
  const chart = (title, versions, counts) => {
    const width = 320, height = 130, left = 10, right = 28, top = 22, bottom = 24;
    const x = (i) => left + ((width - left - right) * i) / Math.max(1, counts.length - 1);
    const low = Math.min(...counts), high = Math.max(...counts);
    const y = (n) => height - bottom - ((height - top - bottom) * (n - low)) / Math.max(1, high - low);
    const out = svg("svg", {viewBox: `0 0 ${width} ${height}`, role: "img",
      "aria-label": `${title}: ${versions.map((version, i) => `${version} ${counts[i]}`).join(", ")}`});
    out.append(svg("line", {x1: left, x2: width - right, y1: height - bottom, y2: height - bottom}));
    out.append(svg("polyline", {points: counts.map((n, i) => `${x(i)},${y(n)}`).join(" ")}));
    counts.forEach((n, i) => {
      out.append(svg("circle", {cx: x(i), cy: y(n), r: 3}));
      out.append(svg("text", {x: x(i), y: y(n) - 7, "text-anchor": i === 0 ? "start" : "middle"}, String(n)));
      const short = versions[i].replace(/^go/, "").split(".").slice(0, 2).join(".");
      out.append(svg("text", {x: x(i), y: height - 8, "text-anchor": i === 0 ? "start" : "middle"}, short));
    });
    return element("figure", {}, element("figcaption", {}, title), out);
  };
  const drawHistory = () => {
    if (data.history.length < 2) return;
    byId("history").hidden = false;
    const versions = data.history.map((tree) => tree.go);
    const all = [...new Set(data.history.flatMap((tree) => Object.keys(tree.ports)))];
    const families = FAMILIES.map(([name]) => [name, portsOf(name, all)]).filter(([, names]) => names.length > 0);
    const sets = families.map(([, names]) => data.history.map((tree) => union(tree, names)));
    const head = element("tr", {}, element("th", {scope: "col"}, "Go"),
      ...families.map(([name]) => element("th", {scope: "col"}, name)), element("th", {scope: "col"}, "Places, all ports"));
    const body = element("tbody");
    data.history.forEach((tree, i) =>
      body.append(element("tr", {}, element("th", {scope: "row"}, tree.go), ...sets.map((series) => cell(series[i].size)),
        cell(sum(Object.values(tree.ports).map((port) => port.sites))))));
    byId("versions").append(element("thead", {}, head), body);
    families.forEach(([name], i) => byId("charts").append(chart(name, versions, sets[i].map((names) => names.size))));
    for (let i = versions.length - 1; i > 0; --i) {
      const lines = families.flatMap(([name], family) => {
        const before = sets[family][i - 1], now = sets[family][i];
        const came = [...now].filter((call) => !before.has(call)).sort();
        const went = [...before].filter((call) => !now.has(call)).sort();
        return [["added", came], ["gone", went]].filter(([, names]) => names.length > 0)
          .map(([what, names]) => element("li", {}, `${name}, ${what}: `, code(names.join(" "))));
      });
      byId("steps").append(element("h3", {}, `${versions[i - 1]} to ${versions[i]}`),
        lines.length > 0 ? element("ul", {}, ...lines) : element("p", {}, "The same calls."));
    }
  };

  checkTotals();
  drawHead();
  drawPorts();
  drawFilters();
  drawGrid();
  drawHistory();
  byId("grid").addEventListener("keydown", onKey);
  byId("grid").addEventListener("click", (event) => {
    const td = event.target.closest("td");
    if (!td || !td.showDetail) return;
    activate(td);
    td.showDetail();
  });
  byId("detail").addEventListener("keydown", (event) => {
    if (event.key === "Escape") activate(active);
  });
  addEventListener("hashchange", showHash);
  showHash();
})();
