/** The text format of Prometheus, read strictly, and the rules of `promtool check metrics`. */

export interface Sample {
  name: string
  labels: Record<string, string>
  value: number
}

export interface Exposition {
  types: Map<string, string>
  samples: Sample[]
  /** What breaks a rule: a line each. */
  faults: string[]
}

const LINE = /^([a-zA-Z_:][\w:]*)(?:\{((?:[a-zA-Z_]\w*="(?:[^"\\]|\\.)*",?)*)\})? (\S+)$/
const SUFFIX: Record<string, RegExp> = { histogram: /_(?:bucket|sum|count)$/, summary: /_(?:sum|count)$/ }

export function readExposition(text: string): Exposition {
  const types = new Map<string, string>()
  const helps = new Set<string>()
  const samples: Sample[] = []
  const faults: string[] = []
  const seen = new Set<string>()
  const ended = new Set<string>()
  let current = ''
  if (!text.endsWith('\n')) faults.push('no line feed at the end')
  for (const line of text.split('\n').filter((each) => each !== '')) {
    const [, kind, about = '', rest = ''] = /^# (HELP|TYPE) (\S+) ?(.*)$/.exec(line) ?? []
    if (kind === 'HELP') {
      if (helps.has(about)) faults.push(`${about}: two HELP lines`)
      if (rest.trim() === '') faults.push(`${about}: no help text`)
      helps.add(about)
    } else if (kind === 'TYPE') {
      if (types.has(about)) faults.push(`${about}: two TYPE lines`)
      if (!helps.has(about)) faults.push(`${about}: no HELP before its TYPE`)
      types.set(about, rest)
      if (current !== '') ended.add(current)
      current = about
    } else readSample(line)
  }

  function readSample(line: string): void {
    const [, name = '', labelText = '', value = ''] = LINE.exec(line) ?? []
    if (name === '') return void faults.push(`not a sample: ${line}`)
    const suffix = SUFFIX[types.get(current) ?? '']
    if ((suffix === undefined ? name : name.replace(suffix, '')) !== current) faults.push(`${name}: not below its TYPE`)
    if (ended.has(current)) faults.push(`${name}: its samples are not together`)
    const number = value === '+Inf' ? Number.POSITIVE_INFINITY : Number(value)
    if (Number.isNaN(number) && value.toLowerCase() !== 'nan') faults.push(`${name}: ${value} is no number`)
    const labels = Object.fromEntries(
      [...labelText.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, key, text]) => [key, text]),
    )
    const id = `${name} ${JSON.stringify(Object.entries(labels).sort())}`
    if (seen.has(id)) faults.push(`${id}: twice`)
    seen.add(id)
    samples.push({ name, labels, value: number })
  }

  for (const [name, type] of types) {
    if (!['counter', 'gauge', 'histogram', 'summary'].includes(type)) faults.push(`${name}: type ${type}`)
    if (/[A-Z]/.test(name)) faults.push(`${name}: not in snake_case`)
    if (/_(?:milliseconds|ms|minutes|hours|kilobytes|megabytes)(?:_|$)/.test(name)) faults.push(`${name}: no base unit`)
    if (name.startsWith('docspool_')) {
      if ((type === 'counter') !== name.endsWith('_total'))
        faults.push(`${name}: counters, and they alone, end in _total`)
    }
    if (type === 'histogram') checkHistogram(name)
  }
  return { types, samples, faults }

  function checkHistogram(name: string): void {
    const groups = new Map<string, Sample[]>()
    for (const sample of samples.filter((each) => each.name === `${name}_bucket`)) {
      const { le, ...rest } = sample.labels
      const key = JSON.stringify(Object.entries(rest).sort())
      groups.set(key, [...(groups.get(key) ?? []), sample])
    }
    for (const [key, buckets] of groups) {
      const values = buckets.map(({ value }) => value)
      const isGrowing = values.every((value, index) => index === 0 || value >= (values[index - 1] ?? 0))
      if (!isGrowing || buckets.at(-1)?.labels.le !== '+Inf')
        faults.push(`${name} ${key}: buckets that do not grow to +Inf`)
      const count = samples.find(
        (each) => each.name === `${name}_count` && JSON.stringify(Object.entries(each.labels).sort()) === key,
      )
      if (count?.value !== values.at(-1)) faults.push(`${name} ${key}: _count is not the last bucket`)
    }
  }
}

/** The value of a sample; `undefined` when there is none. */
export const figureOf = (
  { samples }: Exposition,
  name: string,
  labels: Record<string, string> = {},
): number | undefined =>
  samples.find(
    (sample) => sample.name === name && Object.entries(labels).every(([key, value]) => sample.labels[key] === value),
  )?.value
