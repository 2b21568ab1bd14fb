/** The parts of an Amazon Resource Name. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */
export interface Arn {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly accountId: string;
  readonly resource: string;
}

/** The parts of a text that is an ARN, or undefined; nothing is said of the parts themselves. */
export function parseArn(text: string): Arn | undefined {
  const match = /^arn:([^:]*):([^:]*):([^:]*):([^:]*):([^]*)$/.exec(text);
  if (match === null) return undefined;
  const [, partition = "", service = "", region = "", accountId = "", resource = ""] = match;
  return { partition, service, region, accountId, resource };
}

/** The text of an ARN. */
export function formatArn({ partition, service, region, accountId, resource }: Arn): string {
  return ["arn", partition, service, region, accountId, resource].join(":");
}
