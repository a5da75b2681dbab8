/** Durations for people, on the server and in the browser. */

/**
 * `<0.1 s`, `0.4 s`, `12 s`, `3 min 4 s`, `2 h 5 min`, `3 d 4 h`; empty if unknown. Negative durations count as 0.
 *
 * @param {number} ms
 * @returns {string}
 */
export function formatDuration(ms) {
  if (Number.isNaN(ms)) return ''
  const seconds = Math.max(0, ms) / 1_000
  if (seconds < 0.05) return '<0.1 s'
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`
  const whole = Math.round(seconds)
  if (whole < 60) return `${whole} s`
  if (whole < 3_600) return joined(whole, 60, 'min', 's')
  const minutes = Math.round(whole / 60)
  if (minutes < 1_440) return joined(minutes, 60, 'h', 'min')
  return joined(Math.round(minutes / 60), 24, 'd', 'h')
}

function joined(count, size, large, small) {
  const rest = count % size
  return `${Math.floor(count / size)} ${large}${rest === 0 ? '' : ` ${rest} ${small}`}`
}
