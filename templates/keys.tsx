/** The keys that a page of a set answers to. JavaScript opens it; without JavaScript there are no keys. */

import { raw } from 'hono/html'

const KEYS: [keys: string[], what: string][] = [
  [['/', 's'], 'Search'],
  [['←'], 'The page before'],
  [['→'], 'The next page'],
  [['f'], 'Filter the list of pages'],
  [['t'], 'Light, dark or automatic'],
  [['?'], 'This list'],
  [['Esc'], 'Close what is open'],
]

let rendered = ''

/** The same on every page. */
export function Keys() {
  rendered ||= String(<KeysDialog />)
  return raw(rendered)
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
