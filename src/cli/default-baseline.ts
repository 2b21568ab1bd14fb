/** The file of known findings where nobody names another, beside which the command is run. */
export const DEFAULT_BASELINE = "imdslint-baseline.json";
