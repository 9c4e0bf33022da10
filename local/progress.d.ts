export declare function print(line: string): void;
export declare function withProgress<T>(label: string, work: Promise<T>): Promise<T>;
