"""Words that tell a child from somebody who works for children."""

from typing import Final

KIN: Final = (
    "child|boy|girl|baby|toddler|teenager|youngster|lad|son|daughter|brother|sister|sibling|twin"
    "|twins|mum|mother|mam|dad|father|stepdad|stepmum|stepfather|stepmother|nan|nana|gran"
    "|grandma|grandmother|grandad|grandfather|aunt|uncle|pupil"
)
"""Of one child or family, never of many."""
SERVICE: Final = (
    "Protection|Help|Hub|Star|Centre|Group|Nurse|Support|Safeguarding|Services?|Service|Plan"
    "|Practitioner|Worker|Keyworker|Team|Assessment|Information|Intervention|Matters|First"
    "|Focus|Sexual|Death|Looked|Missing|Health|Mental|Development|Poverty|Partnership|Panel"
    "|Conference|Learning|Links?|Solutions|Foundation|Mentor|Action|Journey|Voice|Wellbeing"
    "|Court|Justice|Rights|Act|Outreach|Liaison|Therapist|Therapy|Psychology|Psychologist"
    "|Placement|Social|Early|Head|Lead|In|The|Concern|Exploitation|Arrangements|Practice"
    "|Care|Contact|Recovery|Drug|Youth|Resilience|Referral|Review|Records?|Index|Exclusions?"
)
"""What a capital after such a word begins as often as a name: the child Protection plan."""
ROLES: Final = (
    "manager|mgr|head|director|officer|co-?ordinator|lead|leader|worker|practitioner|deputy"
    "|assistant|advis[eo]r|consultant|commissioner|councillor|cllr|chair|headteacher|teacher"
    "|doctor|dr|prof|professor|nurse|matron|sergeant|inspector|constable|analyst|administrator"
    "|trainer|facilitator|supervisor|principal|secretary|chief|hos|senco|gp|psychologist"
    "|therapist|specialist|contact|clerk|auditor|judge|minister|inspectors?|author|colleague"
)
SERVICES: Final = frozenset(SERVICE.replace("?", "").split("|"))
_NO_NAMES: Final = """
January February March April May June July August September October November December
Monday Tuesday Wednesday Thursday Friday Saturday Sunday Jan Feb Mar Apr Jun Jul Aug Sep Sept
Oct Nov Dec Easter Christmas Summer Autumn Spring Winter Table Figure Year Years Level Tier
Step Stage Phase Section Question Page Quarter Chapter Priority Band Grade Key Annex Appendix
Part Term Week Weeks Day Days Group Groups No In Of At The On By For From To With And Or But
If When While After Before Since Until Over Under About Only Around Some All Most Each Every
Both Between Ofsted Schools School Families Children Area Areas Council Councils Team Teams
Hub Hubs Centre Centres Total Version Question Score Scores Scale Rating Target Outcome
Questions England Wales Britain London Yes None Also Now Then There This That These Those
They We He She It Its Our Their His Her As An A Last First Second Next Currently Of Cases
Referrals Number Numbers Aged Age Ages Reception Nursery Toddlers Boys Girls Parents Carers
Staff Workers Apr Q1 Q2 Q3 Q4 Early Help Family Social Care Health Youth Police Service
Services Locality District East West North South Panel Plan Plans Case Example Strand
Framework Audit Audits Survey Review Reviews Steps Point Points Strengthening Signs
"""
_FIRST_NAMES: Final = """
Aaron Abbie Abby Abdul Abigail Adam Adele Aidan Aiden Aisha Alan Alana Albie Alex Alexa
Alexander Alexandra Alexis Alfie Alfred Alice Alicia Alisha Alison Amanda Amber Amelia Amelie
Amina Amir Amira Amy Ana Andrea Andrew Angela Anisa Anita Anna Annabelle Anne Annie Anthony
Antonia Archie Aria Ariana Arjun Arlo Arthur Arya Asher Ashleigh Ashley Ashton Aurora Ava
Ayaan Ayesha Bailey Barnaby Beatrice Becky Bella Ben Benjamin Beth Bethany Bilal Billy Blake
Bobby Bonnie Brandon Bradley Brian Brooke Bryony Caitlin Caleb Callum Cameron Carl Carla
Carly Caroline Carter Catherine Charley Charlie Charlotte Chelsea Chantelle Chloe Chris
Christian Christina Christopher Ciara Claire Clara Cody Cole Colin Connor Conor Corey Courtney
Craig Daisy Damian Damien Daniel Danielle Danny Daria Darren Darcey Darcy David Dean Declan
Delilah Demi Denise Dexter Diana Dominic Donna Dylan Ebony Eden Eddie Edward Effie Eleanor
Elena Eli Elias Elijah Elise Eliza Elizabeth Ella Elle Ellie Elliot Elliott Elsa Elsie Emilia
Emily Emma Erica Erin Esme Ethan Eva Evan Eve Evelyn Evie Ezra Fatima Fatimah Felix Fiona
Finlay Finley Finn Florence Frances Francesca Frankie Fraser Freddie Frederick Freya Gabriel
Gabriella Gareth Gary Gavin Gemma George Georgia Georgie Georgina Gideon Grayson Gracie Hamza
Hannah Harley Harper Harriet Harris Harrison Harry Harvey Hasan Hassan Hayden Hayley Heather
Heidi Helen Henry Holly Hollie Hugo Ian Ibrahim Imogen Imran Indie Isaac Isabel Isabella
Isabelle Isla Ismail Ivy Jack Jackson Jacob Jade Jaden Jake James Jamie Jan Jane Jasmine Jason
Jasper Jayden Jean Jenna Jennifer Jenny Jenson Jeremy Jess Jesse Jessica Jessie Joanna Joanne
Jodie Joe Joel Joey John Jonah Jonathan Jordan Joseph Josh Joshua Josie Jude Julia Julian
Julie Justin Kai Kaitlyn Karen Karl Kate Katherine Kathryn Katie Kayden Kayla Kayleigh Keeley
Keira Kelly Kelsey Kevin Khalid Kian Kieran Kim Kirsty Kyle Kyra Lacey Lara Laura Lauren
Layla Leah Leanne Lee Leighton Lena Leo Leon Leona Lewis Lexi Liam Libby Lily Lillie Linda
Lindsey Lisa Logan Lola Lottie Louie Louis Louisa Louise Luca Lucas Lucia Lucy Luke Lydia Lyla
Mabel Maddison Madison Maggie Maisie Malik Marcus Margot Maria Mariam Marley Martha Martin
Maryam Mason Matilda Matthew Max Maya Megan Melissa Mia Micah Michael Michelle Mila Milly
Millie Mohamed Mohammad Mohammed Mollie Molly Morgan Muhammad Musa Myla Nadia Naomi Natalie Natasha
Nathan Nathaniel Niamh Nicholas Nicola Nicole Noah Nora Oakley Oliver Olivia Ollie Omar Orla
Oscar Otis Owen Paige Patrick Paul Penelope Peter Phoebe Phoenix Pippa Poppy Priya Rachel
Ralph Rayyan Rebecca Reece Reggie Reuben Rhys Ricky Riley Robert Robyn Roman Ronnie Rory
Rosalie Rosie Ross Roxanne Ruben Rubie Ruby Rupert Ryan Sadie Sam Samantha Samina Samir Samuel
Sandra Sara Sarah Sasha Savannah Scarlett Scott Sean Sebastian Shane Shannon Sharon Shaun
Shelby Sienna Simon Skye Sofia Sonia Sophia Sophie Spencer Stacey Stanley Stella Stephanie Stephen
Steven Stuart Summer Susan Tahlia Tamara Tanya Tara Taylor Teddy Tegan Theo Theodore Thomas
Tia Tilly Tim Timothy Toby Tom Tommy Tony Tracey Travis Tristan Tyler Tyrone Umar Vanessa
Victoria Violet Wayne Wendy Wesley William Willow Xander Yasmin Yasmine Yusuf Zac Zach Zachary
Zahra Zainab Zak Zara Zayn Zoe
"""
NO_NAMES: Final = frozenset(_NO_NAMES.split())
"""What begins with a capital before a number, and is nobody: Table 4, March 15."""
_SURNAMES: Final = frozenset(
    ["Summer", "Jan", "Harris", "Taylor", "Jackson", "Harrison", "Phoenix"]
)
FIRST_NAMES: Final = frozenset(_FIRST_NAMES.split()) - _SURNAMES
"""Given names that are common in England and are no common words themselves."""
