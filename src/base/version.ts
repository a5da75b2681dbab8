/** The version that goes into every document set; a change of what the generator writes changes it. */
export const GENERATOR_VERSION = '0.6.0'
