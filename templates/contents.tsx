/** The table of contents of a page: its headings of the second and third level, beside or above the text. */

import type { Heading } from '#store/model.ts'

/** With more entries, headings of the third level are shown only for the current section; always without JavaScript. */
const LONG = 40

interface Part {
  heading: Heading
  below: Heading[]
}

export function Contents({ headings }: { headings: readonly Heading[] }) {
  const shown = headings.filter((heading) => heading.depth === 2 || heading.depth === 3)
  if (shown.length < 2) return null
  return (
    <div class="contents">
      <input class="unseen contents-switch" type="checkbox" id="Contents" aria-label="Show what is on this page" />
      <label class="contents-button" for="Contents" aria-hidden="true">
        On this page
      </label>
      <nav class={shown.length > LONG ? 'long' : undefined} aria-label="On this page" data-contents>
        <ol>
          {partsOf(shown).map(({ heading, below }) => (
            <li>
              <Entry heading={heading} />
              {below.length > 0 && (
                <ol>
                  {below.map((each) => (
                    <li>
                      <Entry heading={each} />
                    </li>
                  ))}
                </ol>
              )}
            </li>
          ))}
        </ol>
      </nav>
    </div>
  )
}

const Entry = ({ heading }: { heading: Heading }) => (
  <a href={`#${heading.id}`}>
    {breakable(heading.text).map((part, index) => (
      <>
        {index > 0 && <wbr />}
        {part}
      </>
    ))}
  </a>
)

/** The parts of a long name, between which it may be broken: after `.`, `_`, `/` and `:`, and before a capital. */
const breakable = (text: string): string[] =>
  text.split(/(?<=[._/:])(?=[\p{L}\p{N}_])|(?<=\p{Ll})(?=\p{Lu})/u).filter((part) => part !== '')

/** Headings of the second level with those below them. Headings of the third level before the first one are separate parts. */
function partsOf(headings: readonly Heading[]): Part[] {
  const parts: Part[] = []
  let last: Part | undefined
  for (const heading of headings) {
    if (heading.depth === 3 && last !== undefined) {
      last.below.push(heading)
      continue
    }
    const part: Part = { heading, below: [] }
    parts.push(part)
    last = heading.depth === 2 ? part : undefined
  }
  return parts
}
