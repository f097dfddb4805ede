package dev.ripen.sample;

import java.util.Arrays;
import java.util.List;

/**
 * Where people live: their names, their usual private mail, and when they are awake.
 *
 * <p>Offsets are fixed, without summer time: the sample must not change with a machine's time-zone
 * data.
 */
// The lists are made with List.of.
@SuppressWarnings("ImmutableEnumChecker")
enum Country {
  GERMANY(
      "Germany",
      28,
      1,
      "gmail.com gmx.de web.de t-online.de",
      "Lena Jonas Anna Felix Julia Paul Katharina Lukas Sophie Tim Johanna Maximilian Laura Jürgen Sabine"
          + " Moritz Claudia Stefan Miriam Tobias Nele Björn Franziska Henrik Käthe",
      "Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann Koch Bauer Richter Klein"
          + " Wolf Schröder Neumann Schwarz Zimmermann Braun Krüger Hartmann Lange Werner Köhler Vogel"),
  UNITED_STATES(
      "United States",
      22,
      -6,
      "gmail.com yahoo.com outlook.com icloud.com",
      "Emma James Olivia Michael Ava Robert Mia David Madison William Abigail Daniel Grace Matthew Chloe"
          + " Anthony Natalie Joshua Hannah Andrew Brooke Kevin Tiffany Brandon Denise",
      "Smith Johnson Williams Brown Jones Garcia Miller Davis Rodriguez Martinez Anderson Taylor Thomas"
          + " Moore Jackson Martin Lee Thompson White Harris Clark Lewis Robinson Walker Young Allen"),
  UNITED_KINGDOM(
      "United Kingdom",
      12,
      0,
      "gmail.com hotmail.co.uk btinternet.com outlook.com",
      "Amelia Oliver Isla Harry Poppy George Freya Charlie Imogen Jack Harriet Alfie Georgina Rhys Nicola"
          + " Callum Fiona Duncan Bethan Ewan Gemma Nigel Philippa Rupert Siobhan",
      "Taylor Evans Wilson Thomas Roberts Johnson Walker Wright Robinson Thompson Hughes Edwards Green Hall"
          + " Wood Harris Patel Jackson Clarke Turner Hill Cooper Ward Morris Moore Shaw"),
  FRANCE(
      "France",
      9,
      1,
      "gmail.com orange.fr free.fr laposte.net",
      "Camille Hugo Léa Louis Manon Jules Chloé Gabriel Inès Arthur Margaux Théo Élodie Antoine Clémence"
          + " Baptiste Aurélie Julien Sandrine Nicolas Mathilde Rémi Hélène Thibault Agathe",
      "Martin Bernard Dubois Thomas Robert Richard Petit Durand Leroy Moreau Simon Laurent Lefebvre Michel"
          + " Garcia Roux Fournier Girard Bonnet Dupont Lambert Fontaine Rousseau Vincent Faure Mercier"),
  NETHERLANDS(
      "Netherlands",
      7,
      1,
      "gmail.com ziggo.nl kpnmail.nl hotmail.com",
      "Sanne Daan Femke Bram Lotte Sem Fleur Thijs Anouk Jeroen Maaike Ruben Iris Pieter Saskia"
          + " Wouter Marloes Joost Esther Niels Ilse Maarten Tess Koen Roos",
      "Jansen Bakker Visser Smit Meijer Mulder Bos Vos Peters Hendriks Dekker Brouwer Dijkstra Smits Kok"
          + " Jacobs Vermeulen Schouten Willems Hoekstra Koster Verhoeven Prins Huisman Postma Kuipers"),
  SPAIN(
      "Spain",
      7,
      1,
      "gmail.com hotmail.es telefonica.net yahoo.es",
      "Lucía Hugo Martina Mateo Paula Pablo Carmen Álvaro Elena Javier Marta Sergio Nuria Diego Raquel"
          + " Adrián Inés Carlos Beatriz Rubén Silvia Andrés Pilar Ignacio Rocío",
      "García González Fernández López Martínez Sánchez Pérez Gómez Ruiz Díaz Moreno Muñoz Álvarez Romero"
          + " Navarro Torres Domínguez Vázquez Ramos Gil Serrano Blanco Molina Ortega Delgado Castro"),
  SWEDEN(
      "Sweden",
      5,
      1,
      "gmail.com hotmail.se outlook.com",
      "Elsa Liam Astrid Oskar Wilma Axel Ebba Nils Maja Erik Linnéa Gustav Sara Anders Karin"
          + " Johan Kristina Fredrik Malin Henrik Åsa Mattias Ulrika Göran Saga",
      "Andersson Johansson Karlsson Nilsson Eriksson Larsson Olsson Persson Svensson Gustafsson Pettersson"
          + " Jonsson Lindberg Lindström Axelsson Berg Bergström Lundgren Hedlund Sandberg Forsberg Nyström"
          + " Ekström Holm Wallin Engström"),
  INDIA(
      "India",
      6,
      5,
      "gmail.com yahoo.co.in rediffmail.com outlook.com",
      "Aarav Priya Rohan Ananya Vikram Neha Arjun Kavya Rahul Pooja Karan Divya Sanjay Meera Amit"
          + " Shreya Nikhil Ritu Suresh Lakshmi Varun Isha Manoj Deepika Ajay",
      "Sharma Patel Singh Kumar Gupta Reddy Iyer Nair Mehta Joshi Desai Rao Chopra Kapoor Malhotra Bose"
          + " Banerjee Mukherjee Pillai Menon Verma Agarwal Bhatt Shah Kulkarni Das"),
  POLAND(
      "Poland",
      4,
      1,
      "gmail.com wp.pl onet.pl",
      "Zofia Jakub Hanna Antoni Maja Szymon Alicja Filip Oliwia Michał Magdalena Piotr Agnieszka Tomasz Ewa"
          + " Krzysztof Joanna Paweł Małgorzata Marcin Karolina Wojciech Iwona Łukasz Beata",
      "Nowak Wójcik Kowalczyk Woźniak Mazur Krawczyk Kaczmarek Zając Król Wieczorek Wróbel Stępień Dudek"
          + " Pawlak Sikora Walczak Baran Michalak Szewczyk Ostrowski Tomaszewski Pietrzak Duda Marciniak"
          + " Bąk Sobczak");

  private static final int[] WEIGHTS =
      Arrays.stream(values()).mapToInt(country -> country.weight).toArray();

  final String title;
  final int weight;
  final int hoursEastOfUtc;
  final List<String> privateMail;
  final List<String> firstNames;
  final List<String> lastNames;

  Country(String title, int weight, int hours, String mail, String firstNames, String lastNames) {
    this.title = title;
    this.weight = weight;
    this.hoursEastOfUtc = hours;
    this.privateMail = List.of(mail.split(" "));
    this.firstNames = List.of(firstNames.split(" "));
    this.lastNames = List.of(lastNames.split(" "));
  }

  static Country pick(Dice dice) {
    return values()[dice.weighted(WEIGHTS)];
  }
}
