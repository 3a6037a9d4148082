import type { Random } from "./random.ts";

const GIVEN = (
  "Emma Liam Olivia Noah Mia Ben Hannah Leon Lena Paul Sofía Mateo Lucía Hugo Carmen Diego Malia Kai Leilani Keanu " +
  "Seo-yeon Ji-ho Min-jun Ha-eun Do-yun Grace Amara Chidi Priya Arjun Aylin Emre Zofia Jakub Chloé Louis Ingrid Lars " +
  "Margaret Walter Ruth Arthur Helga Jürgen"
).split(" ");

const FAMILY = (
  "Okafor Schneider Fernández García Kim Park Lee Choi Nakamura Kealoha Kahale Walsh O’Brien Novak Kowalski Yılmaz " +
  "Dubois Lindqvist Hansen Petrov Rossi Bianchi Costa Silva Müller Weiß Becker Hoffmann Andersson Sharma Patel Nguyen " +
  "Tran Campbell MacLeod Whitfield Delgado Romero Iglesias Fuchs"
).split(" ");

/** A believable patient, the same for the same generator state. */
export function patientName(random: Random): string {
  return `${random.pick(GIVEN)} ${random.pick(FAMILY)}`;
}
