/** The stored form of supervisors' counts, and their sums. */

import { AggregatorRegistry, type Registry } from 'prom-client'
import { z } from 'zod'
import { createJobMetrics, type JobFigures } from './job-metrics.ts'

export const Counts = z.array(
  z.object({
    name: z.string(),
    values: z.array(
      z.object({
        value: z.number().min(0),
        labels: z.record(z.string().max(50), z.union([z.string().max(100), z.number()])),
        metricName: z.string().max(100).optional(),
      }),
    ),
  }),
)
export type Counts = z.infer<typeof Counts>

export const toCounts = (figures: JobFigures): Counts =>
  figures.map(({ name, values }) => ({
    name,
    values: values.map(({ value, labels, metricName }) => ({
      value,
      labels: labels as Record<string, string | number>,
      ...(metricName !== undefined && { metricName }),
    })),
  }))

/** Add up counts. Metrics that this version does not have are ignored. */
export async function addUp(all: readonly Counts[]): Promise<Registry> {
  const zeros = await createJobMetrics().read()
  const known = new Map(zeros.map((metric) => [metric.name, metric]))
  const figures = all.map((counts) =>
    counts.flatMap(({ name, values }) => {
      const metric = known.get(name)
      return metric === undefined ? [] : [{ ...metric, values }]
    }),
  )
  return AggregatorRegistry.aggregate([zeros, ...figures])
}

/** The sums in the stored form. */
export const sumOf = async (all: readonly Counts[]): Promise<Counts> =>
  toCounts((await (await addUp(all)).getMetricsAsJSON()) as JobFigures)
