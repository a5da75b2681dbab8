/**
 * Applies the reader's choice of light or dark before the page is painted, and marks that JavaScript is available. By default,
 * the system's theme applies. A blocking script in the head, so that pages do not flash.
 */
document.documentElement.classList.add('js')
try {
  const theme = localStorage.getItem('docspool-theme')
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme
} catch {
  // Storage is disabled: the system's theme applies.
}
