/** Does nothing, to see what that costs. */

process.once('disconnect', () => process.exit())
setInterval(() => undefined, 2 ** 30)
