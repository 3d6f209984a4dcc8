/** A text file is what it holds. */
declare module "*.txt" {
  const text: string;
  export default text;
}
