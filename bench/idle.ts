/** Does nothing, to see what that costs. */

setInterval(() => undefined, 2 ** 30)
