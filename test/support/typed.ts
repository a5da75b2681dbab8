/** Texts typed into the search of a page in a browser, and whatever their results are made of that no result is. */

import type { Page } from 'playwright-core'

export interface Typed {
  /** Texts that found something. */
  found: number
  /** Marked words of results. */
  marks: number
  /** Elements, attributes and addresses that no result has, and elements of the box beside them that were not there before. */
  strange: string[]
}

/** Runs in a page whose search is open. */
export async function typeEach(texts: readonly string[]): Promise<Typed> {
  const KNOWN =
    'li.hit, li > a, a > .hit-head, a > .hit-place, a > .hit-text, .hit-head > .hit-title, .hit-head > .hit-kind, .hit-title > mark, .hit-text > mark'
  const dialog = document.getElementById('Search') as HTMLElement
  const input = dialog.querySelector('input') as HTMLInputElement
  const list = dialog.querySelector('.hits') as HTMLElement
  const typed: Typed = { found: 0, marks: 0, strange: [] }
  const others = dialog.querySelectorAll('*').length - list.querySelectorAll('*').length
  for (const text of texts) {
    input.value = text
    input.dispatchEvent(new InputEvent('input', { bubbles: true }))
    // What fails to load says so later.
    await new Promise((resolve) => setTimeout(resolve))
    const elements = [...list.querySelectorAll('*')]
    typed.found += Number(elements.length > 0)
    typed.marks += list.querySelectorAll('mark').length
    for (const element of elements) {
      const isKnown =
        element.matches(KNOWN) &&
        ['LI', 'A', 'SPAN', 'CODE', 'MARK'].includes(element.tagName) &&
        [...element.attributes].every(({ name }) => name === 'class' || (name === 'href' && element.tagName === 'A')) &&
        !(element instanceof HTMLAnchorElement && !/^(?:https?|file):$/.test(element.protocol))
      if (!isKnown) typed.strange.push(element.outerHTML.slice(0, 200))
    }
    const more = dialog.querySelectorAll('*').length - elements.length - others
    if (more !== 0) typed.strange.push(`${more} elements beside the results of ${text.slice(0, 100)}`)
  }
  return typed
}

/** A text as it is, and a word of it, which finds others. */
export const typable = (text: string): string[] => [text, ...(text.match(/\p{L}{3,}/u) ?? [])]

/** A page loads the script of the search as somebody careless would have written it, to see that what it does is noticed. */
export async function makeCareless(page: Page): Promise<void> {
  await page.route(/^https?:\/\/(?!127\.0\.0\.1[:/])/, (route) => route.abort())
  await page.route('**/assets/search.js*', async (route) => {
    const script = await (await route.fetch()).text()
    const body = script.replace(
      'element.append(...children)',
      "for (const child of children) typeof child === 'string' ? element.insertAdjacentHTML('beforeend', child) : element.append(child)",
    )
    if (body === script) throw new Error('The script of the search has changed: it appends no children.')
    await route.fulfill({ contentType: 'text/javascript', body })
  })
}
