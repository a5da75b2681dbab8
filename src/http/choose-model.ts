/** Chooses the model that writes the prose of a job: the one that the submission names, or the default. Pure. */

import { OFFLINE } from '#base/offline.ts'
import type { AppDeps } from './deps.ts'
import { Refusal } from './problem.ts'

/**
 * @param asked - The option `model` of a submission.
 * @throws {Refusal} `NO_MODEL` where there is no endpoint, `MODEL_NOT_ALLOWED` for one that may not be named.
 */
export function chooseModel(
  asked: string | undefined,
  { mainModel, allowedModels = [] }: Pick<AppDeps, 'mainModel' | 'allowedModels'>,
): string {
  if (asked === undefined || asked === OFFLINE || allowedModels.includes(asked)) return asked ?? mainModel
  if (allowedModels.length === 0) {
    throw new Refusal(
      'NO_MODEL',
      'The service has no language model: its documents are made offline.',
      'Leave the model out. docs/models.md tells the operator how to set one up.',
    )
  }
  throw new Refusal(
    'MODEL_NOT_ALLOWED',
    'Jobs may not ask for this model.',
    `Those that they may ask for are ${[...allowedModels, OFFLINE].join(', ')}; the operator can add others with DOCSPOOL_MODELS.`,
  )
}
