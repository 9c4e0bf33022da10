export type CorpusName = 'flufl-bounce' | 'icalendar' | 'mail-parser' | 'talon';
export declare function fetchCorpora(): Promise<string>;
export declare function corpusPath(name: CorpusName): string;
export declare function corpusRemedy(name: CorpusName): string;
