/** Draws an SVG of this page into a PNG file's contents: tokens resolved to real colours, the page's font included. */
import interFont from '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2?url';

const properties = ['fill', 'fill-opacity', 'stroke', 'stroke-width', 'stroke-dasharray', 'stroke-linecap', 'stroke-linejoin', 'stroke-opacity', 'opacity', 'font-size', 'font-weight', 'font-family', 'text-anchor', 'letter-spacing', 'paint-order', 'visibility'];

export interface PngOptions {
  /** Written above the picture. */
  title: string;
  note?: string | undefined;
  scale?: number;
}

/** @throws Error when the browser cannot draw it. */
export async function svgToPng(svg: SVGSVGElement, { title, note, scale = 2 }: PngOptions): Promise<Blob> {
  const { width, height } = svg.getBoundingClientRect();
  const page = getComputedStyle(svg);
  const ink = page.getPropertyValue('--ink').trim() || '#1a1b1f';
  const muted = page.getPropertyValue('--muted').trim() || '#5f616b';
  const surface = page.getPropertyValue('--surface').trim() || '#fff';
  const pad = 16;
  const top = 34;
  const total = { width: width + 2 * pad, height: height + top + pad };

  const copy = svg.cloneNode(true) as SVGSVGElement;
  resolve(svg, copy);
  for (const leave of copy.querySelectorAll('[data-export="no"]')) leave.remove();
  copy.setAttribute('x', String(pad));
  copy.setAttribute('y', String(top));
  copy.setAttribute('width', String(width));
  copy.setAttribute('height', String(height));

  const frame = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  frame.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  frame.setAttribute('width', String(total.width));
  frame.setAttribute('height', String(total.height));
  const style = document.createElementNS(frame.namespaceURI, 'style');
  style.textContent = `${await fontFace()} text { font-variant-numeric: tabular-nums; }`;
  frame.append(style, rect(total, surface), text(title, pad, 23, ink, 13, 600));
  if (note) frame.append(text(note, total.width - pad, 23, muted, 12, 450, 'end'));
  frame.append(copy);

  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(frame))}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(total.width * scale);
  canvas.height = Math.round(total.height * scale);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('This browser gave no canvas to draw on.');
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((done, fail) => canvas.toBlob((blob) => (blob ? done(blob) : fail(new Error('This browser could not write a PNG.'))), 'image/png'));
}

/** Copies what the style sheets say about every element onto the element itself; outside the page there are no sheets. */
function resolve(from: Element, to: Element): void {
  const style = getComputedStyle(from);
  to.setAttribute('style', properties.map((p) => `${p}:${style.getPropertyValue(p)}`).join(';'));
  to.removeAttribute('class');
  for (let i = 0; i < from.children.length; i++) resolve(from.children[i]!, to.children[i]!);
}

function rect(size: { width: number; height: number }, fill: string): SVGElement {
  const r = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
  r.setAttribute('width', String(size.width));
  r.setAttribute('height', String(size.height));
  r.setAttribute('fill', fill);
  return r;
}

function text(content: string, x: number, y: number, fill: string, size: number, weight: number, anchor = 'start'): SVGElement {
  const t = document.createElementNS('http://www.w3.org/2000/svg', 'text');
  t.setAttribute('x', String(x));
  t.setAttribute('y', String(y));
  t.setAttribute('style', `fill:${fill};font:${weight} ${size}px 'Inter Variable',system-ui,sans-serif;text-anchor:${anchor}`);
  t.textContent = content;
  return t;
}

/** The font as part of the picture: an image may load nothing. Without it the system's sans is used. */
async function fontFace(): Promise<string> {
  try {
    const response = await fetch(interFont);
    if (!response.ok) return '';
    const data = new Uint8Array(await response.arrayBuffer());
    let binary = '';
    for (let i = 0; i < data.length; i += 8192) binary += String.fromCharCode(...data.subarray(i, i + 8192));
    return `@font-face{font-family:'Inter Variable';font-weight:100 900;src:url(data:font/woff2;base64,${btoa(binary)})}`;
  } catch {
    return '';
  }
}
