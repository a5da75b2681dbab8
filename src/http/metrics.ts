/** Figures in the text format of Prometheus, https://prometheus.io/docs/instrumenting/exposition_formats/. Pure. */

import type { SpendFigures, SpendLimits } from './spend.ts'

interface Metric {
  name: string
  type: 'counter' | 'gauge'
  help: string
  /** With their labels: `{direction="input"}`, or nothing. */
  samples: readonly (readonly [labels: string, value: number])[]
}

/**
 * @param total - Of all days that are known. Days that are forgotten make the counters fall, which reads as a restart.
 * @param today - Of this day, UTC.
 */
export function metricsText(total: SpendFigures, today: SpendFigures, limits: SpendLimits): string {
  const metrics: Metric[] = [
    counter('docspool_model_calls_total', 'Questions that were sent to models.', [['', total.calls]]),
    counter('docspool_model_answers_kept_total', 'Questions answered from what was kept.', [['', total.kept]]),
    counter('docspool_model_tokens_total', 'Tokens of questions (input) and answers (output).', [
      ['{direction="input"}', total.input_tokens],
      ['{direction="output"}', total.output_tokens],
    ]),
    counter('docspool_model_cost_usd_total', 'What models have cost, US dollars.', [['', total.cost_usd]]),
    gauge('docspool_model_calls_today', 'Questions of this day (UTC).', today.calls),
    gauge('docspool_model_tokens_today', 'Tokens of this day (UTC).', today.input_tokens + today.output_tokens),
    gauge('docspool_model_cost_usd_today', 'Cost of this day (UTC), US dollars.', today.cost_usd),
    gauge('docspool_model_calls_per_day_limit', 'Questions that a day may ask.', limits.calls),
    gauge('docspool_model_tokens_per_day_limit', 'Tokens that a day may use.', limits.tokens),
    gauge('docspool_model_cost_usd_per_day_limit', 'What a day may cost, US dollars.', limits.cost_usd),
  ]
  return metrics.map(textOf).join('')
}

const counter = (name: string, help: string, samples: Metric['samples']): Metric => ({
  ...{ name, type: 'counter', help, samples },
})

/** No limit is one that is never reached. */
const gauge = (name: string, help: string, value: number | null): Metric => ({
  ...{ name, type: 'gauge', help, samples: [['', value ?? Number.POSITIVE_INFINITY]] },
})

function textOf({ name, type, help, samples }: Metric): string {
  const lines = samples.map(
    ([labels, value]) => `${name}${labels} ${value === Number.POSITIVE_INFINITY ? '+Inf' : value}`,
  )
  return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${lines.join('\n')}\n`
}
