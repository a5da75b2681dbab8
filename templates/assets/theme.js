/**
 * Puts the reader's choice of light or dark on the page before it is painted, and says that there is JavaScript; without
 * a choice the system's holds. A classic script in the head, so that no page flashes.
 */
document.documentElement.classList.add('js')
try {
  const theme = localStorage.getItem('docspool-theme')
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme
} catch {
  // Storage is switched off: the system's choice holds.
}
