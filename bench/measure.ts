/** Rates, middles and lines: what every measurement here needs. */

import path from 'node:path'

/** Do something many times, `width` at once. @returns Times a second. */
export async function repeat(step: () => Promise<void>, times: number, width: number): Promise<number> {
  const begin = performance.now()
  let left = times
  const lane = async (): Promise<void> => {
    while (left-- > 0) await step()
  }
  await Promise.all(Array.from({ length: width }, lane))
  return (times * 1_000) / (performance.now() - begin)
}

export const median = (values: readonly number[]): number => percentile(values, 50)

/** The least value that so many per cent of all do not exceed; NaN of nothing. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil((sorted.length * percent) / 100) - 1)] ?? Number.NaN
}

export const print = (line: string): unknown => process.stdout.write(`${line}\n`)

/** The number of a flag of the command line, `--jobs=1000`. */
export function readFlag(name: string, fallback: number): number {
  const text = process.argv.find((argument) => argument.startsWith(`--${name}=`))?.slice(name.length + 3)
  if (text === undefined) return fallback
  const value = Number(text)
  if (!(value > 0)) throw new Error(`--${name}: expected a number above 0, found ${text}`)
  return value
}

/** The values of a flag that may be given several times. */
export function flags(name: string): string[] {
  const start = `--${name}=`
  return process.argv.flatMap((argument) => (argument.startsWith(start) ? [argument.slice(start.length)] : []))
}

/** The absolute paths of `--of=<set>:<checkout>`, which may be given several times. */
export const setsWithCheckouts = (): [set: string, checkout: string][] =>
  flags('of').map((of) => {
    const [set = '', checkout = ''] = of.split(':')
    return [path.resolve(set), path.resolve(checkout)]
  })
