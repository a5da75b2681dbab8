/** The version switcher: opens another version at the same heading, and closes the list on Escape or a click elsewhere. */

const switcher = document.querySelector('[data-versions]')

if (switcher instanceof HTMLDetailsElement) {
  switcher.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a') : null
    if (link !== null && link.closest('.versions-all') === null) link.hash = location.hash
  })
  document.addEventListener('click', (event) => {
    if (event.target instanceof Node && !switcher.contains(event.target)) switcher.open = false
  })
  switcher.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return
    switcher.open = false
    switcher.querySelector('summary')?.focus()
  })
}
