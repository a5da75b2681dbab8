/** A model that talks around its answer, within it, and says things twice. */

import type { Random } from '../../chaos/random.ts'
import { isProse, twist } from './twist.ts'

const openings = [
  'As an AI language model, I cannot run this code, but ',
  'Sure! Here is what I found: ',
  'Great question! ',
  "Certainly! Let's dive in. ",
]
const closings = [
  ' Let me know if you need anything else!',
  ' I hope this helps!',
  ' Let me know if you would like more details.',
  ' In conclusion, this code is robust and powerful.',
]

/** Texts with talk around them and a sentence twice, lists of claims with their first item twice. */
export function twistChatty(value: unknown, random: Random): unknown {
  return twist(value, {
    text: (text, key) =>
      isProse(key) && !/^(label|name|title)$/.test(key)
        ? `${random.pick(openings)}${text} ${text}${random.pick(closings)}`
        : text,
    list: (list) =>
      list.some((item) => typeof item === 'object' && item !== null && 'text' in item)
        ? [...list, ...list.slice(0, 1)]
        : list,
  })
}

/** The answer with a train of thought before it, in a fence, with talk on both sides. */
export function chatAround(answer: string, random: Random): string {
  const thought = random.chance(1 / 2)
    ? '<think>\nThe user wants JSON such as {"summary": "…"}. Let me see.\n</think>\n\n'
    : ''
  return `${thought}${random.pick(openings)}\n\n\`\`\`json\n${answer}\n\`\`\`\n\n${random.pick(closings).trim()}`
}
