/**
 * Dialogs of pages of a set: the search and the list of keys. They are the same on every page, and opened by JavaScript only;
 * without it, the bar has a search form, and there are no shortcuts.
 */

import { raw } from 'hono/html'
import { MAX_QUERY } from './search-box.tsx'

const KEYS: [keys: string[], what: string][] = [
  [['/', 's'], 'Search'],
  [['←'], 'Previous page'],
  [['→'], 'Next page'],
  [['f'], 'Filter the pages'],
  [['t'], 'Light, dark or automatic'],
  [['?'], 'Keyboard shortcuts'],
  [['Esc'], 'Close the dialog'],
]

let rendered = ''

export function Dialogs() {
  rendered ||= String(
    <>
      <SearchDialog />
      <KeysDialog />
    </>,
  )
  return raw(rendered)
}

/** Filled by `search.js`. The input does not have the type `search`, because Escape would only clear it. */
function SearchDialog() {
  return (
    <dialog class="dialog search" id="Search" aria-label="Search">
      <div class="search-field">
        <input
          type="text"
          aria-label="Search"
          placeholder="A symbol, a file, words"
          autocomplete="off"
          spellcheck={false}
          maxlength={MAX_QUERY}
        />
        <button class="button" type="button" data-close>
          Close
        </button>
      </div>
      <ol class="hits" aria-label="Results"></ol>
      <p class="search-foot">
        <span role="status"></span>
        <a href="?q=" hidden data-all>
          All results
        </a>
      </p>
    </dialog>
  )
}

function KeysDialog() {
  return (
    <dialog class="dialog keys" id="Keys" aria-labelledby="KeysTitle">
      <h2 id="KeysTitle">Keyboard</h2>
      <dl>
        {KEYS.map(([keys, what]) => (
          <div>
            <dt>
              {keys.map((key) => (
                <kbd>{key}</kbd>
              ))}
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <form method="dialog">
        <button class="button" type="submit">
          Close
        </button>
      </form>
    </dialog>
  )
}
