/**
 * Highlights the lines of a file that the fragment of the URL names, such as `#L10-L20`. A click on a line number selects the
 * line, and Shift-click a range. Without JavaScript, only single lines and the first line of ranges that pages link to are
 * highlighted.
 */

const sourceBox = document.querySelector('[data-source]')

/** The first and last line in a fragment; `null` for other fragments. */
function linesOf(hash) {
  const [, first, last = first] = /^#L(\d+)(?:-L?(\d+))?$/.exec(hash) ?? []
  return first === undefined ? null : [Math.min(first, last), Math.max(first, last)]
}

function highlight() {
  for (const line of sourceBox.querySelectorAll('.lit')) line.classList.remove('lit')
  const range = linesOf(location.hash)
  if (range === null) return
  const [first, last] = range
  let line = document.getElementById(`L${first}`)
  // The browser itself scrolls to an existing id.
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
  // Without scrolling.
  history.replaceState(null, '', first === last ? `#L${first}` : `#L${first}-L${last}`)
  highlight()
}

if (sourceBox !== null) {
  sourceBox.addEventListener('click', chooseLines)
  addEventListener('hashchange', highlight)
  highlight()
}
