/** Highlights the entry of the section that is being read in the table of contents. */

/** A section is being read when its heading is above this line: a little below the sticky header. In CSS pixels from the top. */
const READING_LINE = 110

function followReader() {
  const links = [...document.querySelectorAll('[data-contents] a')]
  const headings = links.map((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))))
  const isBeside = matchMedia('(width >= 71.875rem)')
  const box = document.querySelector('.contents')
  let current = null
  const show = () => {
    let low = 0
    let high = headings.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((headings[middle]?.getBoundingClientRect().top ?? 0) <= READING_LINE) low = middle + 1
      else high = middle
    }
    const link = links[low - 1] ?? null
    if (link === current) return
    current?.removeAttribute('aria-current')
    link?.setAttribute('aria-current', 'location')
    for (const item of box.querySelectorAll('.here')) item.classList.remove('here')
    for (let item = link?.parentElement; item?.closest('[data-contents]'); item = item.parentElement) {
      item.classList.add('here')
    }
    if (isBeside.matches && link !== null) {
      const place = link.getBoundingClientRect()
      const around = box.getBoundingClientRect()
      if (place.top < around.top || place.bottom > around.bottom) {
        box.scrollTop += place.top - around.top - around.height / 3
      }
    }
    current = link
  }
  let isScheduled = false
  addEventListener(
    'scroll',
    () => {
      if (isScheduled) return
      isScheduled = true
      requestAnimationFrame(() => {
        isScheduled = false
        show()
      })
    },
    { passive: true },
  )
  // On narrow screens, close the table of contents, which covers the text.
  box.addEventListener('click', ({ target }) => {
    const button = document.getElementById('Contents')
    if (target.closest('a') && !isBeside.matches && button.checked) button.checked = false
  })
  show()
}

if (document.querySelector('[data-contents]') !== null) followReader()
