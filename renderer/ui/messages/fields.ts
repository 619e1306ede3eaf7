/** What every field can say. */
export const fieldMessages = {
  "field.atLeast": "At least {from}{unit}.",
  "field.atMost": "At most {to}{unit}.",
  "field.between": "From {from} to {to}{unit}.",
  "field.default": "Default {value}.",
  "field.mixed": "mixed",
  "field.noInteger": "A whole number is needed.",
  "field.noNumber": "Not a number. Expressions such as =128*2 are worked out.",
  "field.outOfRange": "Out of range. {range}",
  "field.reset": "Reset {label} to {value}",
} as const;
