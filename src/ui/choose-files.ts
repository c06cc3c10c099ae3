/** Asks for files where there is no file field to press: from the command palette. */
export function chooseFiles(take: (files: File[]) => void, { accept = '', multiple = false }: { accept?: string; multiple?: boolean } = {}): void {
  const field = document.createElement('input');
  field.type = 'file';
  field.accept = accept;
  field.multiple = multiple;
  field.addEventListener('change', () => {
    const files = [...(field.files ?? [])];
    if (files.length > 0) take(files);
  });
  field.click();
}
