/** Moves an entry to and fro, as a claim and a worker that gives back do: `mover.mjs FROM TO TIMES`. */
import { renameSync } from 'node:fs'

const [from, to, times] = process.argv.slice(2)
for (let n = 0; n < Number(times); n++) {
  renameSync(...(n % 2 === 0 ? [from, to] : [to, from]))
  await new Promise((resolve) => setTimeout(resolve, 20 + (n % 10)))
}
