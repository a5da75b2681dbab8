/** Detects sentences about the model or the question instead of the code. */

const BOILERPLATE: readonly RegExp[] = [
  /\bas an? (?:ai|artificial intelligence|(?:large )?language model|assistant)\b/i,
  /\b(?:i am|i'm) (?:an? (?:ai|assistant|language model)|unable|sorry|happy to)\b/i,
  /\b(?:let me know|feel free to|i hope (?:this|that)|happy to help|hope this helps|if you(?:'d| would) like(?: me)? to)\b/i,
  /^(?:sure|certainly|of course|absolutely|okay|ok)[,!.]/i,
  /^here(?:'s| is| are) (?:the|a|an|your|some)\b.*\b(?:json|summary|documentation|answer|response)\b/i,
  /\bi (?:cannot|can't|could not|couldn't|don't|do not) (?:have|see|access|find|determine|provide|help)\b/i,
  /\b(?:your prompt|(?:the|this|your) provided (?:facts|context|code|snippets?))\b/i,
  /\b(?:als (?:ki|sprachmodell|künstliche intelligenz)|lassen sie mich wissen|lass mich wissen|gerne? helfe ich)\b/i,
  /\b(?:en tant qu(?:'|’|e )(?:ia|modèle|assistant)|n'hésitez pas|faites-moi savoir)\b/i,
  /\b(?:como (?:ia|modelo de lenguaje|asistente)|no dudes en|avísame)\b/i,
  /作为(?:一个|一名)?(?:ai|人工智能|语言模型|助手)|请告诉我|如果您?需要|希望(?:这|以上).{0,80}帮助/i,
  /(?:ai|言語モデル|アシスタント)(?:として|ですので)|お知らせください|お役に立て/i,
  /\bmy (?:system )?(?:instructions|prompt)\b/i,
  /<\/?(?:evidence|facts|relations|code|documents|modules|parts|notes)\b/i,
  /\[secret\]|\bTODO\b|\bTBD\b|lorem ipsum|\{\{|\}\}/i,
]

/** @returns The reason to reject the sentence, if there is one. */
export function boilerplateIn(sentence: string): string | undefined {
  return BOILERPLATE.some((form) => form.test(sentence)) ? 'text about the writer or the question' : undefined
}

/** The form in which sentences are compared. */
export function plainForm(sentence: string): string {
  return sentence
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

/** Whether more than half of its four-word sequences are repeated. */
export function isRepetitive(sentence: string): boolean {
  const words = plainForm(sentence).split(' ')
  if (words.length < 12) return false
  const runs = words.slice(3).map((_, at) => words.slice(at, at + 4).join(' '))
  return new Set(runs).size < runs.length / 2
}
