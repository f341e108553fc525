"use strict";
// The drawing: vis-network holds nodes and edges; labels are drawn here at a constant size, the important ones
// first, and one that would cover another is left out until there is room.

const LABEL = {
  node: 12, // pixels of a letter, as all lengths here are pixels on the screen
  edge: 11,
  padding: 2,
  nameLetters: 36,
  relationLetters: 26,
  shortestEdge: 54, // shorter ones have no room for a label
  spots: [0.5, 0.4, 0.6, 0.3, 0.7], // where along an edge its label may stand, the best first
  edgeFromScale: 0.4, // below this zoom edges are labelled only where something is chosen
  largestScale: 1.3, // of a view that shows all there is to show
  leastRadius: 7, // of the foremost node when the page opens
};
const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";
const DASHES = { asserted: false, claimed: [9, 6], denied: false, planned: [2, 6], ended: [1, 4], unsure: [1, 7] };

const palette = new Map();

function cssColour(name) {
  if (!palette.has(name)) palette.set(name, getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim());
  return palette.get(name);
}

function shorten(text, limit) {
  const letters = Array.from(text);
  return letters.length > limit ? letters.slice(0, limit - 1).join("") + "…" : text;
}

function saysWho(link) {
  const [first, ...others] = link.speakers;
  if (!first) return "";
  return others.length ? ", say " + first + " and " + (others.length > 1 ? "others" : others[0]) : ", says " + first;
}

function linkLabel(link) {
  return shorten(link.relation, LABEL.relationLetters) + (link.n > 1 ? " (" + link.n + ")" : "") + shorten(saysWho(link), LABEL.nameLetters);
}

// Where two boxes must not meet: a hash of cells, so that thousands of labels are placed in one frame.
class Boxes {
  constructor() {
    this.cells = new Map();
  }

  *keys(box) {
    for (let x = Math.floor(box.left / 80); x <= Math.floor(box.right / 80); x++) {
      for (let y = Math.floor(box.top / 40); y <= Math.floor(box.bottom / 40); y++) yield x * 100003 + y;
    }
  }

  isFree(box, owner) {
    for (const key of this.keys(box)) {
      for (const other of this.cells.get(key) || []) {
        const apart = box.right <= other.left || other.right <= box.left || box.bottom <= other.top || other.bottom <= box.top;
        if (!apart && other.owner !== owner) return false;
      }
    }
    return true;
  }

  add(box) {
    for (const key of this.keys(box)) {
      if (!this.cells.has(key)) this.cells.set(key, []);
      this.cells.get(key).push(box);
    }
  }
}

class Drawing {
  // choose({node: i} | {link: i} | null) is called when the reader picks something.
  constructor(container, data, choose) {
    this.data = data;
    this.nodeRow = new Map(data.nodes.map((node, row) => [node.id, row]));
    this.linkRow = new Map(data.edges.map((edge, row) => [edge.id, row]));
    this.ends = data.edges.map((edge) => [this.nodeRow.get(edge.from), this.nodeRow.get(edge.to)]);
    this.nodes = new vis.DataSet(data.nodes.map((node) => ({ ...node, label: undefined })));
    this.edges = new vis.DataSet(data.edges);
    this.selection = null;
    this.hover = null;
    this.touched = false;
    this.above = this.nodesWithEdgesBelow();
    this.labelBoxes = [];
    this.shows = { node: () => true, link: () => true };
    this.network = new vis.Network(container, { nodes: this.nodes, edges: this.edges }, data.options);
    this.listen(container, choose);
    this.restyle();
    this.open();
  }

  // Whose label is better off above: those whose edges leave downwards.
  nodesWithEdgesBelow() {
    const lean = this.data.nodes.map(() => 0);
    for (const [a, b] of this.ends) {
      const [from, to] = [this.data.nodes[a], this.data.nodes[b]];
      const slope = (to.y - from.y) / (Math.hypot(to.x - from.x, to.y - from.y) || 1);
      lean[a] += slope;
      lean[b] -= slope;
    }
    return lean.map((sum) => sum > 0.3);
  }

  listen(container, choose) {
    const network = this.network;
    network.on("afterDrawing", (context) => this.drawLabels(context));
    network.on("click", (event) => choose(this.at(event.pointer.DOM)));
    for (const name of ["zoom", "dragEnd"]) network.on(name, () => (this.touched = true));
    for (const name of ["hoverNode", "hoverEdge", "blurNode", "blurEdge"]) {
      network.on(name, (event) => this.setHover(name.startsWith("blur") ? null : event));
    }
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
      palette.clear();
      this.restyle();
    });
    new ResizeObserver(() => this.touched || this.open()).observe(container);
  }

  at(point) {
    const node = this.network.getNodeAt(point);
    if (node !== undefined) return { node: this.nodeRow.get(node) };
    const onLabel = this.labelBoxes.find(
      (b) => b.left <= point.x && point.x <= b.right && b.top <= point.y && point.y <= b.bottom,
    );
    if (onLabel) return onLabel.target;
    const edge = this.network.getEdgeAt(point);
    return edge === undefined ? null : { link: this.linkRow.get(edge) };
  }

  setHover(event) {
    if (!event) this.hover = null;
    else if (event.node !== undefined) this.hover = { node: this.nodeRow.get(event.node) };
    else this.hover = { link: this.linkRow.get(event.edge) };
    this.network.redraw();
  }

  select(selection, reveal) {
    this.selection = selection;
    this.restyle();
    if (reveal && selection) this.reveal();
  }

  filter(shows) {
    this.shows = shows;
    this.restyle();
  }

  isNodeShown(row) {
    return this.shows.node(row);
  }

  isLinkShown(row) {
    return this.shows.link(row) && this.ends[row].every((end) => this.isNodeShown(end));
  }

  // Rows of what stands out now, or null where nothing is chosen.
  focus() {
    if (!this.selection) return null;
    if (this.selection.link !== undefined) {
      return { nodes: new Set(this.ends[this.selection.link]), links: new Set([this.selection.link]) };
    }
    const nodes = new Set([this.selection.node]);
    const links = new Set();
    this.ends.forEach((ends, row) => {
      if (!ends.includes(this.selection.node) || !this.isLinkShown(row)) return;
      links.add(row);
      ends.forEach((end) => nodes.add(end));
    });
    return { nodes, links };
  }

  restyle() {
    const focus = this.focus();
    const rest = Math.min(1, 14 / Math.sqrt(this.data.edges.length + 1));
    const shade = (set, row, plain) => (focus ? (set.has(row) ? 1 : 0.18 * plain) : plain);
    this.nodes.update(this.data.nodes.map((node, row) => this.nodeStyle(node, row, shade(focus?.nodes, row, 1))));
    this.edges.update(this.data.edges.map((edge, row) => this.edgeStyle(edge, row, shade(focus?.links, row, rest))));
    this.network.redraw();
  }

  nodeStyle(node, row, opacity) {
    const { kind, named } = this.data.entities[row];
    const border = this.selection?.node === row ? "ink" : named ? "ground" : kind;
    const colour = { background: cssColour(named ? kind : "ground"), border: cssColour(border) };
    return {
      id: node.id,
      hidden: !this.isNodeShown(row),
      opacity,
      color: { ...colour, hover: colour, highlight: colour },
    };
  }

  edgeStyle(edge, row, opacity) {
    const link = this.data.links[row];
    const colour = cssColour(link.status);
    const width = edge.width + (this.selection?.link === row ? 2 : 0);
    return {
      id: edge.id,
      hidden: !this.isLinkShown(row),
      width,
      dashes: link.status === "denied" && link.attributed ? DASHES.claimed : DASHES[link.status],
      color: { color: colour, hover: colour, highlight: colour, opacity },
      arrows: { to: { enabled: true, scaleFactor: 0.4 + 0.5 / width } },
    };
  }

  // Where nodes are on the screen, hidden ones too.
  screen(nodes) {
    const places = this.network.getPositions(nodes.map((node) => node.id));
    return nodes.map((node) => this.network.canvasToDOM(places[node.id]));
  }

  // Where an edge passes on the screen, t from 0 to 1; vis-network bends an edge around one control point.
  pointOn(row, screen, t) {
    const [from, to] = this.ends[row].map((end) => screen[end]);
    const { enabled, type, roundness } = this.data.edges[row].smooth;
    const turn = enabled ? (type === "curvedCW" ? roundness : -roundness) / 2 : 0;
    const reach = 2 * t * (1 - t) * (Math.abs(turn) + 0.5);
    const along = t * t + reach * Math.cos(turn * Math.PI);
    const aside = reach * Math.sin(turn * Math.PI);
    const [dx, dy] = [to.x - from.x, to.y - from.y];
    return { x: from.x + dx * along + dy * aside, y: from.y + dy * along - dx * aside };
  }

  length(row, screen) {
    const [from, to] = this.ends[row].map((end) => screen[end]);
    return Math.hypot(to.x - from.x, to.y - from.y);
  }

  drawLabels(context) {
    const canvas = context.canvas;
    const ratio = canvas.width / canvas.clientWidth;
    const scale = this.network.getScale();
    const screen = this.screen(this.data.nodes);
    const focus = this.focus();
    const boxes = new Boxes();
    this.labelBoxes = [];
    context.save();
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.lineJoin = "round";
    this.crosses(context, screen, focus, boxes, Math.min(5, 2 + 4 * scale));
    for (const row of this.byUrgency(this.data.nodes, "node", focus?.nodes)) {
      if (!this.isNodeShown(row)) continue;
      const size = 2 * this.data.nodes[row].size * scale;
      boxes.add(boxAround(screen[row].x, screen[row].y, size, size, "node" + row));
      this.nodeLabel(context, row, screen[row], scale, focus, boxes);
    }
    for (const row of this.byUrgency(this.data.links, "link", focus?.links)) {
      const named = focus || scale > LABEL.edgeFromScale || this.hover?.link === row;
      if (named && this.isLinkShown(row)) this.linkLabel(context, row, screen, boxes);
    }
    context.restore();
  }

  // Rows, those under the pointer or in focus first; both lists are sorted by importance already or by count.
  byUrgency(items, key, focused) {
    const rank = (row) => (this.hover?.[key] === row || this.selection?.[key] === row ? 0 : focused?.has(row) ? 1 : 2);
    const rows = items.map((_, row) => row).filter((row) => !focused || focused.has(row) || this.hover?.[key] === row);
    return rows.sort((a, b) => rank(a) - rank(b) || (items[b].n || 0) - (items[a].n || 0) || a - b);
  }

  crosses(context, screen, focus, boxes, arm) {
    this.data.links.forEach((link, row) => {
      if (link.status !== "denied" || !this.isLinkShown(row)) return;
      const { x, y } = this.pointOn(row, screen, 0.5);
      if (!focus || focus.links.has(row)) boxes.add(boxAround(x, y, 2 * arm, 2 * arm, "cross" + row));
      context.globalAlpha = focus && !focus.links.has(row) ? 0.15 : 1;
      for (const [colour, width] of [[cssColour("ground"), arm + 1], [cssColour("denied"), arm / 2]]) {
        context.strokeStyle = colour;
        context.lineWidth = width;
        context.beginPath();
        for (const slant of [1, -1]) {
          context.moveTo(x - arm, y - arm * slant);
          context.lineTo(x + arm, y + arm * slant);
        }
        context.stroke();
      }
      context.globalAlpha = 1;
    });
  }

  nodeLabel(context, row, at, scale, focus, boxes) {
    const r = this.data.nodes[row].size * scale;
    const forced = this.hover?.node === row || this.selection?.node === row || focus?.links.size === 1;
    context.font = (row < 12 || focus?.nodes.has(row) ? "600 " : "") + LABEL.node + "px " + FONT;
    const text = shorten(this.data.nodes[row].label, LABEL.nameLetters);
    const width = context.measureText(text).width;
    const gap = r + LABEL.node / 2 + 4;
    const aside = r + width / 2 + 5;
    const side = this.above[row] ? -gap : gap;
    const spots = [[0, side], [0, -side], [aside, 0], [-aside, 0]];
    const options = spots.map(([dx, dy]) => boxAround(at.x + dx, at.y + dy, width, LABEL.node + 2, "node" + row));
    const box = options.find((option) => boxes.isFree(option, "node" + row)) || (forced ? options[0] : null);
    if (box) this.write(context, text, box, cssColour(this.data.entities[row].named ? "ink" : "muted"), { node: row }, boxes);
  }

  linkLabel(context, row, screen, boxes) {
    const link = this.data.links[row];
    const forced = this.hover?.link === row || this.selection?.link === row;
    if (!forced && this.length(row, screen) < LABEL.shortestEdge) return;
    context.font = (forced ? "600 " : "") + LABEL.edge + "px " + FONT;
    const text = linkLabel(link);
    const width = context.measureText(text).width;
    const boxAt = (t, down) => {
      const { x, y } = this.pointOn(row, screen, t);
      return boxAround(x, y + down, width, LABEL.edge + 2, "link" + row);
    };
    const options = LABEL.spots.map((t) => boxAt(t, link.status === "denied" && t === 0.5 ? 14 : 0));
    if (forced) options.push(...[16, -16, 32, -32, 48, -48].map((down) => boxAt(0.5, down)));
    const box = options.find((option) => boxes.isFree(option)) || (forced ? options[0] : null);
    if (box) this.write(context, text, box, cssColour(link.status), { link: row }, boxes);
  }

  write(context, text, box, colour, target, boxes) {
    const x = (box.left + box.right) / 2;
    const y = (box.top + box.bottom) / 2;
    context.strokeStyle = cssColour("ground");
    context.lineWidth = 4;
    context.strokeText(text, x, y);
    context.fillStyle = colour;
    context.fillText(text, x, y);
    boxes.add(box);
    this.labelBoxes.push({ ...box, target });
  }

  // What is chosen, in the window; moves only where it is not to be seen well already.
  reveal() {
    const { clientWidth, clientHeight } = this.network.canvas.frame;
    const rows = [...this.focus().nodes];
    const isSeen = ({ x, y }) => x > 20 && y > 20 && x < clientWidth - 20 && y < clientHeight - 20;
    const seen = this.screen(rows.map((row) => this.data.nodes[row])).every(isSeen);
    if (seen && this.network.getScale() > LABEL.edgeFromScale) return;
    this.touched = true;
    this.frame(rows, true);
  }

  animation(wanted) {
    return wanted && !matchMedia("(prefers-reduced-motion: reduce)").matches ? { duration: 350 } : false;
  }

  zoom(factor) {
    this.touched = true;
    this.network.moveTo({ scale: this.network.getScale() * factor, animation: this.animation(true) });
  }

  // The whole graph; where that makes it unreadable, as on a telephone, its most important part.
  open() {
    this.fit(false);
    const leading = this.data.nodes[0]?.size * this.network.getScale();
    if (leading < LABEL.leastRadius) {
      const scale = this.network.getScale() * (LABEL.leastRadius / leading);
      this.network.moveTo({ position: this.centre(this.data.nodes.slice(0, 8)), scale });
    }
  }

  centre(nodes) {
    const mean = (key) => nodes.reduce((sum, node) => sum + node[key], 0) / nodes.length;
    return { x: mean("x"), y: mean("y") };
  }

  fit(animated) {
    this.frame(this.data.nodes.map((_, row) => row).filter((row) => this.isNodeShown(row)), animated);
    this.touched = false;
  }

  // These nodes in the window, with room for the labels at the rim.
  frame(rows, animated) {
    if (!rows.length) return;
    const places = Object.values(this.network.getPositions(rows.map((row) => this.data.nodes[row].id)));
    const range = (key) => [Math.min(...places.map((p) => p[key])), Math.max(...places.map((p) => p[key]))];
    const [left, right] = range("x");
    const [top, bottom] = range("y");
    const { clientWidth, clientHeight } = this.network.canvas.frame;
    const room = (length) => Math.max(length - 130, length / 2);
    const scale = Math.min(LABEL.largestScale, room(clientWidth) / (right - left + 1), room(clientHeight) / (bottom - top + 1));
    const position = { x: (left + right) / 2, y: (top + bottom) / 2 };
    this.network.moveTo({ position, scale: Math.max(scale, 0.02), animation: this.animation(animated) });
  }
}

function boxAround(x, y, width, height, owner) {
  const w = width / 2 + LABEL.padding;
  const h = height / 2;
  return { left: x - w, right: x + w, top: y - h, bottom: y + h, owner };
}
