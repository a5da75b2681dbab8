/** Chooses the model that writes the prose of a job: the one that the submission names, or the default. Pure. */

import { OFFLINE } from '#base/offline.ts'
import type { AppDeps } from './deps.ts'
import { Refusal } from './problem.ts'

/**
 * @param requested - The option `model` of a submission.
 * @throws {Refusal} `NO_MODEL`: the service has no endpoint. `MODEL_NOT_ALLOWED`: jobs may not choose this model.
 */
export function chooseModel(
  requested: string | undefined,
  { mainModel, allowedModels = [] }: Pick<AppDeps, 'mainModel' | 'allowedModels'>,
): string {
  if (requested === undefined || requested === OFFLINE || allowedModels.includes(requested))
    return requested ?? mainModel
  if (allowedModels.length === 0) {
    throw new Refusal(
      'NO_MODEL',
      'This service has no language model.',
      'Leave the model out. The operator can set one up (docs/models.md).',
    )
  }
  throw new Refusal(
    'MODEL_NOT_ALLOWED',
    'Jobs may not use this model.',
    `The allowed models are ${[...allowedModels, OFFLINE].join(', ')}; the operator can add others with DOCSPOOL_MODELS.`,
  )
}
