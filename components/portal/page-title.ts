/** What the browser's tab says of a page. @param page "%s" makes Next's template of it */
export function pageTitle(page: string, portal: string): string {
  return `${page} · ${portal}`;
}
