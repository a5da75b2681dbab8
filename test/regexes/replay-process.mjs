/** Runs one attack per message and answers with the milliseconds of processor time that it took. */
process.on('message', ({ source, flags, text }) => {
  const expression = new RegExp(source, flags)
  const from = process.cpuUsage()
  if (flags.includes('g')) {
    let count = 0
    for (const _ of text.matchAll(expression)) if (++count > 1_000_000) break
  } else expression.test(text)
  const { user, system } = process.cpuUsage(from)
  process.send?.(Math.round((user + system) / 1_000))
})
