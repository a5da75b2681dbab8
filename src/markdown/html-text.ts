/** Extracts the text from HTML. Not a sanitiser: the result must be escaped like any other text. */

const ELEMENTS = new Set(
  (
    'a abbr address area article aside audio b base bdi bdo big blockquote body br button canvas caption center cite code col ' +
    'colgroup data datalist dd del details dfn dialog div dl dt em embed fieldset figcaption figure font footer form h1 h2 h3 ' +
    'h4 h5 h6 head header hgroup hr html i iframe img input ins kbd label legend li link main map mark menu meta meter nav ' +
    'noscript object ol optgroup option output p param picture pre progress q rp rt ruby s samp script search section select ' +
    'slot small source span strike strong style sub summary sup svg path table tbody td template textarea tfoot th thead time ' +
    'title tr track tt u ul var video wbr'
  ).split(' '),
)

/**
 * Removes HTML tags and comments. Anything that only looks like a tag stays, such as `<void>` in `Promise<void>`. Input of at
 * most a few KB.
 */
export function textOfHtml(html: string): string {
  return html
    .replace(/<!--[\s\S]*?(?:-->|$)/g, '')
    .replace(/<\/?([a-zA-Z][a-zA-Z0-9]*)(?:[\s/](?:"[^"<]*"|'[^'<]*'|[^<>"'])*)?>/g, (tag, name: string) =>
      ELEMENTS.has(name.length > 1 ? name.toLowerCase() : name) ? '' : tag,
    )
    .replace(/\s+/g, ' ')
}
