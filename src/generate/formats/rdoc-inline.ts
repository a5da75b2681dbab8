/** The inline markup of RDoc as Markdown: code and links. */

/** Makes the Markdown of a link to a name, a document or a heading, as it is written after `rdoc-ref:`, `rdoc-label:` or `link:`. */
export type LinkTo = (target: string, words: string) => string

/** `{words}[https://…]`, `word[https://…]`, `{words}[rdoc-ref:Name]` */
const LINK =
  /(?:\{(?!\s)([^{}\n]{1,200})\}|(?<![\w\]])([\w.-]{1,80}))\[((?:https?:|mailto:|ftp:|rdoc-ref:|rdoc-label:|link:)[^\s[\]]{1,500})\]/g
/** `+Name#method+` */
const WORD_AS_CODE = /(^|[^\w`])\+([\w@:#.?!=[\]<>-]+)\+(?!\w)/g
/** `<tt>a b</tt>`, `<code>a b</code>` */
const TAGGED_AS_CODE = /<(?:tt|code)>((?:(?!<(?:tt|code)>).)*?)<\/(?:tt|code)>/g

/** Takes time linear in the text. Markup that is not recognized is left as it is. */
export function rdocInline(text: string, linkTo: LinkTo): string {
  return text
    .replace(LINK, (_, braced: string | undefined, word: string | undefined, address: string) => {
      const words = braced ?? word ?? ''
      const [, target] = /^(?:rdoc-ref|rdoc-label|link):(.+)$/.exec(address) ?? []
      if (target !== undefined) return linkTo(target, words)
      const url = address.replace(/[()]/g, (char) => (char === '(' ? '%28' : '%29'))
      return `[${words.replace(/[[\]\\]/g, '\\$&')}](${url})`
    })
    .replace(WORD_AS_CODE, '$1`$2`')
    .replace(TAGGED_AS_CODE, '`$1`')
}
