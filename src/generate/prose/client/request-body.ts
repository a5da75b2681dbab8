/** Builds the request body for a question, in the format that the endpoint supports. */

import type { Message } from '#generate/prose/ask.ts'
import type { EndpointCapabilities } from './endpoint-capabilities.ts'
import type { JsonSchema } from './json-schema.ts'
import type { Body } from './send.ts'

/** Low, because facts matter, not ideas; but 0 makes small models repeat themselves. */
export const TEMPERATURE = 0.2

/** A masked question for one model, independent of the answer format. */
export interface Question {
  model: string
  messages: readonly Message[]
  schema: JsonSchema
  schemaName: string
  maxOutputTokens: number
  about: string
  isFurther: boolean
}

export function render(question: Question, capabilities: Readonly<EndpointCapabilities>): Body {
  const { model, messages, schema, schemaName } = question
  const body: Body = {
    model,
    messages: (capabilities.form === 'json_schema' ? messages : withSchema(messages, schema)).map((message) => ({
      ...message,
    })),
    [capabilities.tokensName]: Math.min(question.maxOutputTokens, capabilities.maxOutputTokens),
  }
  if (capabilities.takesTemperature) body.temperature = TEMPERATURE
  if (capabilities.form === 'json_object') body.response_format = { type: 'json_object' }
  if (capabilities.form === 'json_schema') {
    body.response_format = { type: 'json_schema', json_schema: { name: schemaName, strict: true, schema } }
  }
  return body
}

function withSchema(messages: readonly Message[], schema: JsonSchema): Message[] {
  const words = `Answer with one JSON object and nothing else, no fence and no words around it. It must match this JSON schema:\n${JSON.stringify(schema)}`
  const [first, ...rest] = messages
  if (first?.role === 'system') return [{ role: 'system', content: `${first.content}\n\n${words}` }, ...rest]
  return [{ role: 'system', content: words }, ...messages]
}
