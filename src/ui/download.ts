/** Hands the user a file made on this page. Nothing leaves the device. */
export function download(name: string, content: Blob | string, type = 'text/plain;charset=utf-8'): void {
  const blob = typeof content === 'string' ? new Blob([content], { type }) : content;
  const address = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = address;
  link.download = fileName(name);
  link.hidden = true;
  document.body.append(link);
  link.click();
  link.remove();
  // The browser reads the address after the click has returned.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

const LONGEST = 120;

/** A name every file system takes, and that reads as it is: marks that turn the direction of writing go, the ending stays whatever is cut. */
export function fileName(name: string): string {
  const clean = name.replace(/[\\/:*?"<>|\p{Cc}\p{Bidi_Control}]+/gu, '-').replace(/\s+/g, ' ').trim();
  const ending = /\.[a-z0-9]{1,6}$/i.exec(clean)?.[0] ?? '';
  const stem = Array.from(clean.slice(0, clean.length - ending.length)).slice(0, LONGEST - ending.length).join('').trim();
  return stem === '' ? `coldwave${ending}` : stem + ending;
}
