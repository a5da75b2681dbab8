/** The `Answerer` of the server. It is loaded with the first question, since it includes the client of models and its checks. */

import type { AnswererDeps } from '#ask-model/answerer.ts'
import type { Answerer } from '#http/answerer.ts'

export function createLazyAnswerer(deps: AnswererDeps): Answerer {
  let loading: Promise<Answerer> | undefined
  const load = (): Promise<Answerer> => {
    loading ??= import('#ask-model/answerer.ts').then(({ createAnswerer }) => createAnswerer(deps))
    return loading
  }
  return {
    model: deps.settings.ask?.model ?? '',
    async *answer(question, signal) {
      yield* (await load()).answer(question, signal)
    },
    rate: async (...rated) => (await load()).rate(...rated),
    share: async (...shared) => (await load()).share(...shared),
    readShared: async (...read) => (await load()).readShared(...read),
  }
}
