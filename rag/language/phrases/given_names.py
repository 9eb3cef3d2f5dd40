"""Common given names of many origins: evidence that a run of capitals is a person."""

from rag.language.phrases.lists import word_set

GIVEN_NAMES = word_set(
    """
    Aaron Abby Abdel Abdul Abdullah Abigail Abraham Ada Adam Adele Adrian Agnes Ahmad Ahmed Aidan Aisha Akira Alan
    Albert Alberto Alec Alejandra Alejandro Aleksandr Alessandro Alex Alexa Alexander Alexandra Alexandria Alexei
    Alfonso Alfred Ali Alice Alicia Alison Allison Alyssa Amanda Amber Amelia Amir Amit Amy Ana Anastasia Anders
    Andre Andrea Andreas Andrei Andres Andrew Andy Angel Angela Angelina Anita Anja Ann Anna Anne Annie Anthony
    Antoine Anton Antonio Antony April Ari Ariana Arjun Arnold Arthur Arun Ashley Astrid Audrey Axel Ayesha Barbara
    Barry Beatrice Ben Benedict Benjamin Bernard Bernie Beth Betty Beyonce Bill Billie Billy Björn Blake Bob Bobby
    Boris Brad Bradley Brandon Brenda Brendan Brett Brian Bridget Britney Brittney Bruce Bruno Bryan Caitlin Calvin
    Cameron Camila Carl Carla Carlo Carlos Carmen Carol Carolina Caroline Carrie Casey Casper Catherine Cathy
    Cecilia Charlene Charles Charlie Chelsea Chen Cheryl Chloe Chris Christian Christina Christine Christopher Chuck
    Cindy Claire Clara Clarence Claude Claudia Clint Cody Cole Colin Connor Craig Cristiano Cristina Crystal Curtis
    Cynthia Daisy Dale Dan Dana Daniel Daniela Danielle Danny Darren Dave David Dawn Dean Deborah Debra Deepak Denis
    Denise Dennis Derek Desmond Diana Diane Diego Dina Dmitri Dmitry Dolly Dominic Don Donald Donna Doris Dorothy
    Doug Douglas Duncan Dustin Dwayne Dylan Ed Eddie Edgar Edith Eduardo Edward Edwin Eileen Elaine Eleanor Elena
    Eli Elijah Elisabeth Elise Eliza Elizabeth Ella Ellen Elon Elsa Emanuel Emil Emily Emma Emmanuel Enrique Eric
    Erica Erik Erika Erin Ernest Esther Ethan Eugene Eva Evan Eve Evelyn Fatima Faye Felipe Felix Fernando Fiona
    Florence Frances Francesca Francesco Francis Francisco Frank Franz Fred Freddie Frederick Fumio Gabriel Gabriela
    Gareth Gary Gavin Gemma Gene Geoffrey George Georgina Gerald Gerard Gina Giorgia Giorgio Giovanni Giuseppe Glen
    Glenn Gloria Gordon Grace Graham Greg Gregory Greta Guillermo Gustavo Guy Hailey Hannah Hans Harold Harriet
    Harrison Harry Harvey Hassan Heather Hector Heidi Helen Helena Henrik Henry Herbert Hillary Hiroshi Holly Howard
    Hugh Hugo Hunter Hussein Ian Ibrahim Ida Igor Imran Ingrid Irene Iris Isaac Isabel Isabella Ivan Ivana Jack
    Jackie Jackson Jacob Jacqueline Jacques Jair Jake James Jamie Jan Jane Janet Janice Jared Jasmine Jason Javier
    Jay Jean Jeff Jeffrey Jenna Jennifer Jenny Jens Jeremy Jerome Jerry Jesse Jessica Jesus Jill Jim Jimmy Jin Jo
    Joan Joanna Joe Joel Johan Johannes John Johnny Jon Jonas Jonathan Jorge Jose José Joseph Josh Joshua Joy Joyce
    Juan Judith Judy Julia Julian Julie Juliet June Justin Kamala Karen Karim Karl Karla Kate Katherine Kathleen
    Kathryn Kathy Katie Kay Keith Kelly Kelvin Ken Kenji Kenneth Kerry Kevin Khalid Kieran Kim Kimberly Kirk Klaus
    Kris Kristen Kristin Kurt Kyle Kylie Lara Larry Lars Laura Lauren Laurie Lawrence Leah LeBron Lee Leila Leo Leon
    Leonard Leonardo Leroy Leslie Lewis Li Liam Lidia Lily Linda Lindsay Lindsey Lionel Lisa Liz Logan Lois Lola
    Louis Louise Lourdes Luc Luca Lucas Lucia Lucy Luis Luiz Luke Lydia Lynn Madeleine Maggie Magnus Mahmoud Malcolm
    Manuel Marc Marcel Marco Marcos Marcus Margaret Margot Maria María Marie Marilyn Marina Mario Marion Marjorie
    Mark Markus Marlon Martha Martin Marvin Mary Mateo Mathias Matt Matteo Matthew Maura Maurice Max Maxim Maya
    Megan Meghan Mehmet Melania Melanie Melinda Melissa Mercedes Meredith Michael Michel Michele Michelle Miguel
    Mikael Mike Mikhail Mila Miles Milo Miriam Mitch Mohamed Mohammad Mohammed Moira Molly Mona Monica Morgan Moses
    Muhammad Mustafa Nadia Nancy Naomi Narendra Natalia Natalie Natasha Nathan Neil Nelson Nicholas Nick Nicola
    Nicolas Nicole Nigel Nikita Nikki Nikolai Nina Noah Noel Nora Norma Norman Novak Olaf Oleg Olena Olga Oliver
    Olivia Omar Oscar Otto Owen Pablo Pamela Paola Paolo Patricia Patrick Paul Paula Pauline Pavel Pedro Peggy
    Penelope Penny Perry Pete Peter Petra Phil Philip Phillip Phoebe Pierre Piotr Polly Priya Rachel Rafael Raj
    Rajesh Ralph Ramon Randy Raphael Raul Ravi Ray Raymond Rebecca Recep Reese Regina Rene Rex Ricardo Riccardo
    Richard Rick Ricky Riley Rishi Rita Rob Robert Roberta Roberto Robin Rod Roger Roland Roman Ron Ronald Ronnie
    Rosa Rose Rosemary Ross Roy Ruben Rupert Russell Ruth Ryan Sabrina Sadiq Sally Salma Sam Samantha Samuel Sandra
    Sanjay Sara Sarah Satya Scott Sean Sebastian Selena Serena Sergei Sergey Sergio Seth Shannon Sharon Shaun Shawn
    Sheila Shinzo Shirley Sidney Silvia Silvio Simon Simone Sofia Sonia Sophia Sophie Stacey Stan Stanley Stefan
    Stella Stephanie Stephen Steve Steven Stewart Stuart Sue Sundar Sunil Susan Susanne Suzanne Sven Sylvia Takeshi
    Tamara Tanya Tara Tariq Taylor Ted Terence Teresa Terry Theo Theodore Theresa Thomas Tiffany Tiger Tim Timothy
    Tina Todd Tom Tommy Toni Tony Tracy Travis Trevor Tristan Troy Tucker Tyler Ursula Valentina Valerie Vanessa
    Venus Vera Veronica Vicky Victor Vijay Viktor Vince Vincent Viola Virginie Vivek Vivian Vladimir Volodymyr
    Walter Wanda Warren Wayne Wendy Wilhelm Will William Willie Winston Wolfgang Xavier Xi Yasmin Yoko Yolanda Yuri
    Yusuf Yves Yvonne Zach Zachary Zara Zoe Jordan Austin Charlotte Madison Sydney Victoria Virginia Georgia Gwyneth
    """
)
