/**
 * Lines of a file: what an address such as `#L10-L20` names is lit, and a click on a number puts it into the address, with
 * Shift up to there. Without JavaScript a single line is lit, and so is the first one of lines that a page cites.
 */

const sourceBox = document.querySelector('[data-source]')

/** The lines of the address, first and last; `null` for another address. */
function linesOf(hash) {
  const [, first, last = first] = /^#L(\d+)(?:-L?(\d+))?$/.exec(hash) ?? []
  return first === undefined ? null : [Math.min(first, last), Math.max(first, last)]
}

function light() {
  for (const line of sourceBox.querySelectorAll('.lit')) line.classList.remove('lit')
  const range = linesOf(location.hash)
  if (range === null) return
  const [first, last] = range
  let line = document.getElementById(`L${first}`)
  // The browser goes by itself to what has the name.
  if (document.getElementById(location.hash.slice(1)) === null) line?.scrollIntoView()
  for (let number = first; number <= last && line !== null; number++) {
    line.classList.add('lit')
    line = document.getElementById(`L${number + 1}`)
  }
}

function chooseLines(event) {
  const number = event.target.closest('.number')
  const range = linesOf(location.hash)
  if (number === null || !event.shiftKey || range === null) return
  event.preventDefault()
  const line = Number(number.dataset.line)
  const [first, last] = [Math.min(range[0], line), Math.max(range[0], line)]
  // The window stays where it is.
  history.replaceState(null, '', first === last ? `#L${first}` : `#L${first}-L${last}`)
  light()
}

if (sourceBox !== null) {
  sourceBox.addEventListener('click', chooseLines)
  addEventListener('hashchange', light)
  light()
}
