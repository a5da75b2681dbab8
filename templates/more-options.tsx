/** Further options of the submission form, in a collapsed section. */

import { DEFAULT_LANGUAGE, hasTexts, Languages } from '#base/language.ts'
import { languageName } from './format.ts'

/** The typed values; empty or missing if not typed. */
export interface TypedOptions {
  model?: string
  language?: string
  notes?: string
  maxCostUsd?: string
}

const MAX_NOTES = 4_000

export function MoreOptions({
  models,
  model = '',
  language = '',
  notes = '',
  maxCostUsd = '',
}: TypedOptions & { models: readonly string[] }) {
  // Without a model, only languages with translated page texts are offered.
  const offered = Languages.filter((tag) => models.length > 0 || hasTexts(tag))
  const isFilled = [model, language, notes, maxCostUsd].some((text) => text !== '')
  return (
    <details class="more" open={isFilled}>
      <summary>More options</summary>
      <div class="more-fields">
        <div class="field">
          <label for="Language">Language of the documents</label>
          <select id="Language" name="language">
            {offered.map((tag) => (
              <option
                value={tag === DEFAULT_LANGUAGE ? '' : tag}
                lang={tag}
                selected={tag === (language || DEFAULT_LANGUAGE)}
              >
                {languageName(tag)}
              </option>
            ))}
          </select>
        </div>
        {models.length > 0 && <ModelFields models={models} model={model} notes={notes} maxCostUsd={maxCostUsd} />}
      </div>
    </details>
  )
}

type ModelFieldsProps = Required<Omit<TypedOptions, 'language'>> & { models: readonly string[] }

function ModelFields({ models, model, notes, maxCostUsd }: ModelFieldsProps) {
  const [first = '', ...others] = models
  return (
    <>
      <div class="field">
        <label for="Model">Written by</label>
        <select id="Model" name="model">
          <option value="">{first}</option>
          {others.map((name) => (
            <option value={name} selected={name === model}>
              {name}
            </option>
          ))}
          <option value="offline" selected={model === 'offline'}>
            static analysis alone
          </option>
        </select>
      </div>
      <div class="field">
        <label for="MaxCost">
          Cost limit, US dollars <span class="quiet">(optional)</span>
        </label>
        <input
          id="MaxCost"
          name="max_cost_usd"
          type="text"
          inputmode="decimal"
          autocomplete="off"
          placeholder="the server’s limit"
          value={maxCostUsd}
        />
      </div>
      <div class="field field-notes">
        <label for="Notes">
          Notes for the model <span class="quiet">(optional)</span>
        </label>
        <textarea id="Notes" name="notes" rows={3} maxlength={MAX_NOTES} aria-describedby="NotesHelp">
          {notes}
        </textarea>
        <p class="field-help quiet" id="NotesHelp">
          What matters to readers, such as “We use it as a library and never run the command.”
        </p>
      </div>
    </>
  )
}
